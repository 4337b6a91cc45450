-- KEYS entry, _inv, _u
-- ARGV identity of the write, when its making began, instant since when it may have been invalidated,
--      tags by line, key, length of "apigw:"
-- Returns 1 where what a gateway holds is valid, 0 where it was invalidated since, 2 where another
-- entry has come, 3 where the server does not know: its memory is shorter.
local since = tonumber(ARGV[3])
local current = score(KEYS[2], 'e')
local entry = redis.pcall('HMGET', KEYS[1], 'i', 'f', 'e')
local there = not entry.err and entry[1] and tonumber(entry[3]) == current
local change = score(KEYS[3], resource(ARGV[5])) or -1
-- What took the place of something that has changed is what the change was.
local isTheChange = there and entry[1] == ARGV[1] and tonumber(entry[2]) > change
if since <= (score(KEYS[2], 'f') or -1) or (since <= change and not isTheChange) then
  return 0
end
for tag in string.gmatch(ARGV[4], '[^\n]+') do
  if since <= (score(KEYS[2], 't:' .. tag) or -1) then
    return 0
  end
end
local later = redis.call('ZRANGEBYSCORE', KEYS[2], ARGV[3], '+inf', 'LIMIT', 0, 1000)
if #later == 1000 then
  return 0
end
local covered = coverer(ARGV[5], ARGV[6], ARGV[4])
for _, member in ipairs(later) do
  if string.sub(member, 1, 2) == 'p:' and covered(string.sub(member, 3)) then
    return 0
  end
end
if not current or since < current then
  return 3
end
if there and entry[1] ~= ARGV[1] and tonumber(entry[2]) > tonumber(ARGV[2]) then
  return 2
end
return 1
