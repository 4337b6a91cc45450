-- KEYS _u, _inv, entry ... ARGV key ...
-- Notes that what entries were made of has changed, and removes them.
local now = micros()
-- Full memory refuses the first write of a script only, and this one needs none.
redis.call('ZREM', KEYS[1], '')
for i = 1, #ARGV do
  redis.call('UNLINK', KEYS[i + 2])
  changed(KEYS[1], KEYS[2], ARGV[i], now)
end
return true
