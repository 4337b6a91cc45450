-- KEYS entry, _inv. Returns the value, or nil.
local entry = redis.pcall('HMGET', KEYS[1], 'v', 'f', 'e', 't')
if entry.err or not entry[1] then
  return false
end
local began = tonumber(entry[2])
if score(KEYS[2], 'e') ~= tonumber(entry[3]) or began <= (score(KEYS[2], 'f') or -1) then
  return false
end
for tag in string.gmatch(entry[4], '[^\n]+') do
  if began <= (score(KEYS[2], 't:' .. tag) or -1) then
    return false
  end
end
return entry[1]
