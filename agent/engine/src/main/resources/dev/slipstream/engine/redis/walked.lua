-- KEYS _w. ARGV instant of an invalidation, its patterns ...
-- What they match has been removed: look-ups need not go through them any more.
for i = 2, #ARGV do
  if (score(KEYS[1], ARGV[i]) or math.huge) <= tonumber(ARGV[1]) then
    redis.call('ZREM', KEYS[1], ARGV[i])
  end
end
return true
