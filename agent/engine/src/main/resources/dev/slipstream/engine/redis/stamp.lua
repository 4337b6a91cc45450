-- KEYS _inv, _k, _w
-- ARGV "apigw:_t:", how many members _inv may have, "t:<tag>" and "p:<pattern>" ...
-- From here on entries with one of the tags, or matched, are misses, and what began before is
-- refused. Without tags and patterns it tells time and epoch, and sees to it that there is one.
-- Returns now, the epoch, 1 where _k is whole, then for each tag its index: 0 none, 1 whole, 2 not.
local now = micros()
local nowMillis = math.floor(now / 1000)
if #ARGV > 2 then
  -- Full memory refuses the first write of a script only, and this one needs none.
  redis.call('ZREM', KEYS[1], '')
end
local current = epoch(KEYS[1], KEYS[2], now)
local whole = score(KEYS[2], '#') == current
local reply = { exact(now), exact(current), whole and '1' or '0' }
for i = 3, #ARGV do
  redis.call('ZADD', KEYS[1], exact(now), ARGV[i])
  if string.sub(ARGV[i], 1, 2) == 't:' then
    local tag = string.sub(ARGV[i], 3)
    local index = 2
    if whole and -(score(KEYS[2], '#' .. tag) or 0) <= nowMillis then
      index = 0
    elseif score(ARGV[1] .. tag, '#') == current then
      index = 1
    end
    reply[#reply + 1] = tostring(index)
  else
    redis.call('ZADD', KEYS[3], exact(now), string.sub(ARGV[i], 3))
    redis.call('ZADD', KEYS[1], exact(now), 'w')
  end
end
if redis.call('ZCARD', KEYS[3]) > 1000 then
  -- Each is a walk that was broken off: more than look-ups should go through.
  redis.call('UNLINK', KEYS[3], KEYS[1])
  redis.call('ZADD', KEYS[1], exact(now), 'f')
  current = epoch(KEYS[1], KEYS[2], now)
  reply[2] = exact(current)
end
if #ARGV > 2 and redis.call('ZCARD', KEYS[1]) > tonumber(ARGV[2]) then
  local oldest = redis.call('ZRANGE', KEYS[1], 0, 999, 'WITHSCORES')
  redis.call('ZREMRANGEBYRANK', KEYS[1], 0, 999)
  redis.call('ZADD', KEYS[1], oldest[#oldest], 'f', exact(current), 'e')
end
return reply
