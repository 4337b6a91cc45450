-- KEYS _nodes. ARGV name of the gateway, channel, message
-- Notes that the gateway is there and sends the message. Returns those who were lately.
local now = math.floor(micros() / 1000)
-- Full memory refuses the first write of a script only, and this one needs none.
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 60000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], 60000)
redis.call('PUBLISH', ARGV[2], ARGV[3])
return redis.call('ZRANGEBYSCORE', KEYS[1], now - 1500, '+inf')
