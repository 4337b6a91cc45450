-- KEYS _inv, entry ...
-- Returns for each entry its tags by line, when its making began, its time to live in milliseconds
-- and the bytes of its value; or nil where a look-up would not find it.
local current, floor = score(KEYS[1], 'e'), score(KEYS[1], 'f') or -1
local found = {}
for i = 2, #KEYS do
  local entry = redis.pcall('HMGET', KEYS[i], 'f', 'e', 't')
  local began = not entry.err and tonumber(entry[1] or '')
  local hit = began and tonumber(entry[2] or '') == current and began > floor
  if hit then
    for tag in string.gmatch(entry[3] or '', '[^\n]+') do
      hit = hit and began > (score(KEYS[1], 't:' .. tag) or -1)
    end
  end
  found[i - 1] = hit and {
    entry[3] or '', entry[1], redis.call('PTTL', KEYS[i]), redis.call('HSTRLEN', KEYS[i], 'v')
  } or false
end
return found
