-- KEYS entry, _inv, _k, _u
-- ARGV when its making began or "now", expiry, value, tags by line, key, "apigw:_t:", length of "apigw:",
--      1 where the entry's name is shortened, identity of the write
-- Returns 1, or 0 where an invalidation or a newer entry came between.
local now = micros()
local nowMillis = math.floor(now / 1000)
-- What takes the place of something that has changed counts from when it is here: whatever was
-- begun before, by clocks that are known to a millisecond, is older.
local began, expiry, key = tonumber(ARGV[1]) or now, tonumber(ARGV[2]), ARGV[5]
if began > now or expiry <= nowMillis then
  return 0
end
local tags = {}
for tag in string.gmatch(ARGV[4], '[^\n]+') do
  tags[tag] = true
end
local current = epoch(KEYS[2], KEYS[3], now)

local replaces = ARGV[1] == 'now'
local since = {}
if not replaces then
  if began <= (score(KEYS[4], resource(key)) or -1) then
    return 0
  end
  since = redis.call('ZRANGEBYSCORE', KEYS[2], ARGV[1], '+inf', 'LIMIT', 0, 1000)
end
if #since == 1000 then
  return 0
end
local covered = coverer(key, ARGV[7], ARGV[4])
for _, member in ipairs(since) do
  local kind, name = string.sub(member, 1, 2), string.sub(member, 3)
  if kind == 't:' then
    if tags[name] then
      return 0
    end
  elseif kind == 'p:' and covered(name) or kind == 'e' or kind == 'f' then
    return 0
  end
end

local before = redis.call('HMGET', KEYS[1], 'f', 'e', 't')
if before[1] and tonumber(before[2]) == current and tonumber(before[1]) > began then
  return 0
end
redis.call('HSET', KEYS[1], 'v', ARGV[3], 'i', ARGV[9], 'f', exact(began), 'e', exact(current), 't',
  ARGV[4])
if ARGV[8] == '1' then
  redis.call('HSET', KEYS[1], 'k', key)
end
redis.call('PEXPIREAT', KEYS[1], ARGV[2])
if replaces then
  changed(KEYS[4], KEYS[2], key, now)
end

local function trim(zset, lowest)
  local over = redis.call('ZRANGEBYSCORE', zset, lowest, nowMillis, 'LIMIT', 0, 100)
  if #over > 0 then
    redis.call('ZREM', zset, unpack(over))
  end
end

redis.call('ZADD', KEYS[3], ARGV[2], key)
for tag in string.gmatch(before[3] or '', '[^\n]+') do
  if not tags[tag] then
    redis.call('ZREM', ARGV[6] .. tag, key)
  end
end
local whole = score(KEYS[3], '#') == current
for tag in pairs(tags) do
  local index = ARGV[6] .. tag
  local indexed = -(score(KEYS[3], '#' .. tag) or 0)
  if whole and indexed <= nowMillis then
    redis.call('UNLINK', index)
    redis.call('ZADD', index, exact(current), '#')
  end
  redis.call('ZADD', index, ARGV[2], key)
  if indexed < expiry then
    redis.call('ZADD', KEYS[3], exact(-expiry), '#' .. tag)
  end
  if redis.call('PTTL', index) < expiry - nowMillis then
    redis.call('PEXPIREAT', index, ARGV[2])
  end
  trim(index, 0)
end
trim(KEYS[3], -nowMillis)
return 1
