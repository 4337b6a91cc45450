-- KEYS _inv, _k, entry ...
-- ARGV instant of the invalidation, "apigw:_t:", tags by line, how many patterns name tags together,
--      these patterns, then for each entry its key and 1 where one of the other patterns matches it
-- Removes what has one of the tags, or those together, or is matched, unless it was made after the invalidation.
-- Returns how many there were: distinct, by tag, by pattern.
local stamp = tonumber(ARGV[1])
local current, floor = score(KEYS[1], 'e'), score(KEYS[1], 'f') or -1
local wanted = {}
for tag in string.gmatch(ARGV[3], '[^\n]+') do
  wanted[tag] = true
end
local entries, byTags, byPatterns = 0, 0, 0
local gone, indexes, indexed = {}, 0, {}
for i = 3, #KEYS do
  local at = 4 + tonumber(ARGV[4]) + 2 * (i - 3)
  local key, matched = ARGV[at + 1], ARGV[at + 2] == '1'
  local entry = redis.pcall('HMGET', KEYS[i], 'f', 'e', 't')
  local began = tonumber(entry[1] or '')
  if not entry.err and not entry[1] then
    gone[#gone + 1] = key
  elseif began and began <= stamp then
    local tagged = false
    for together = 5, 4 + tonumber(ARGV[4]) do
      tagged = tagged or hasAll(ARGV[together], entry[3] or '')
    end
    local together = tagged
    for tag in string.gmatch(entry[3] or '', '[^\n]+') do
      if wanted[tag] or together then
        tagged = true
        if not indexed[tag] and indexes < 500 then
          indexes = indexes + 1
          indexed[tag] = {}
        end
        if indexed[tag] then
          table.insert(indexed[tag], key)
        end
      end
    end
    if tagged or matched then
      redis.call('UNLINK', KEYS[i])
      gone[#gone + 1] = key
      if tonumber(entry[2]) == current and began > floor then
        entries = entries + 1
        byTags = byTags + (tagged and 1 or 0)
        byPatterns = byPatterns + (matched and 1 or 0)
      end
    end
  end
end
if #gone > 0 then
  redis.call('ZREM', KEYS[2], unpack(gone))
end
for tag, keys in pairs(indexed) do
  redis.call('ZREM', ARGV[2] .. tag, unpack(keys))
end
return { entries, byTags, byPatterns }
