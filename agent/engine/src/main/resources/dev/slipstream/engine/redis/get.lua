-- KEYS entry, _inv, _w, _u. ARGV key, length of "apigw:"
-- Returns the value, the identity of its write, when its making began and its tags; or nil.
local entry = redis.pcall('HMGET', KEYS[1], 'v', 'f', 'e', 't', 'i')
if entry.err or not entry[1] then
  return false
end
local began = tonumber(entry[2])
local members = { 'e', 'f', 'u', 'w' }
for tag in string.gmatch(entry[4], '[^\n]+') do
  members[#members + 1] = 't:' .. tag
end
local at = scores(KEYS[2], members)
local function isBefore(instant)
  return instant and began <= tonumber(instant)
end
if not at[1] or tonumber(at[1]) ~= tonumber(entry[3]) or isBefore(at[2]) then
  return false
end
for i = 5, #members do
  if isBefore(at[i]) then
    return false
  end
end
if isBefore(at[3]) and began <= (score(KEYS[4], resource(ARGV[1])) or -1) then
  return false
end
if isBefore(at[4]) then
  local covered = coverer(ARGV[1], ARGV[2], entry[4])
  for _, pattern in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], entry[2], '+inf')) do
    if covered(pattern) then
      return false
    end
  end
end
return { entry[1], entry[5], entry[2], entry[4] }
