-- KEYS _inv, then any keys with the prefix. ARGV the epoch and the floor before, "apigw:_t:"
-- Removes entries and indexes of earlier epochs. Returns how many entries could have been hits.
local current, before, floor = score(KEYS[1], 'e'), tonumber(ARGV[1]), tonumber(ARGV[2])
local entries = 0
for i = 2, #KEYS do
  if string.sub(KEYS[i], 1, #ARGV[3]) == ARGV[3] then
    local whole = redis.pcall('ZSCORE', KEYS[i], '#')
    if type(whole) ~= 'table' and tonumber(whole or -1) ~= current then
      redis.call('UNLINK', KEYS[i])
    end
  else
    local entry = redis.pcall('HMGET', KEYS[i], 'f', 'e')
    if not entry.err and entry[1] and entry[2] and tonumber(entry[2]) ~= current then
      redis.call('UNLINK', KEYS[i])
      if tonumber(entry[2]) == before and tonumber(entry[1]) > floor then
        entries = entries + 1
      end
    end
  end
end
return entries
