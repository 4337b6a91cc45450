-- KEYS entry, _inv, _w, _u. ARGV key, length of "apigw:"
-- Tells whether the entry is valid: the identity of its write and when its making began; or nil.
-- The value is read beside the script, which would copy it.
local entry = redis.pcall('HMGET', KEYS[1], 'i', 'f', 'e', 't')
if entry.err or not entry[2] then
  return false
end
local began = tonumber(entry[2])
if score(KEYS[2], 'e') ~= tonumber(entry[3]) or began <= (score(KEYS[2], 'f') or -1)
    or began <= (score(KEYS[4], resource(ARGV[1])) or -1) then
  return false
end
for tag in string.gmatch(entry[4], '[^\n]+') do
  if began <= (score(KEYS[2], 't:' .. tag) or -1) then
    return false
  end
end
local under = redis.call('ZRANGEBYSCORE', KEYS[3], entry[2], '+inf')
if #under > 0 then
  local covered = coverer(ARGV[1], ARGV[2], entry[4])
  for _, pattern in ipairs(under) do
    if covered(pattern) then
      return false
    end
  end
end
return { entry[1], entry[2] }
