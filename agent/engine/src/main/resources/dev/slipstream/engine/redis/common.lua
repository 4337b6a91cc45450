-- Layout, with the prefix "apigw":
--   apigw:<namespace>:...  hash: v value, i identity of the write, f when its making began, e epoch,
--                          t tags, k the whole key where the name is shortened
--   apigw:_inv             zset of instants: "t:<tag>" and "p:<pattern>" last invalidated, "e" the
--                          epoch, "f" the floor: what began before it may have been invalidated
--                          "u" and "w" when something last came to _u and _w
--   apigw:_u               zset of instants: what entries are made of, by when it changed
--   apigw:_w               zset of instants: patterns whose entries are being removed
--   apigw:_nodes           zset of instants in milliseconds: gateways, by their last heartbeat
--   apigw:_k               zset by expiry: every key; "#<tag>" at minus the expiry of the tag's index;
--                          "#" at the epoch while it is whole
--   apigw:_t:<tag>         zset by expiry: keys that have the tag; "#" at the epoch while it is whole
-- Instants are microseconds of the server's clock, expiries milliseconds.
-- An index that was evicted comes back without its "#", and so is known not to be whole.

local function micros()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end

-- tostring() would round a number this large.
local function exact(number)
  return string.format('%.0f', number)
end

local function score(zset, member)
  local found = redis.call('ZSCORE', zset, member)
  return found and tonumber(found)
end

-- The scores of members, in one command where the server knows it (6.2).
local function scores(zset, members)
  local found = redis.pcall('ZMSCORE', zset, unpack(members))
  if found.err then
    found = {}
    for i, member in ipairs(members) do
      found[i] = redis.call('ZSCORE', zset, member)
    end
  end
  return found
end

-- Every entry carries the epoch it was written in. When _inv is evicted, invalidations are forgotten
-- and a new epoch begins: entries of the old one are misses.
local function epoch(inv, known, now)
  local current = score(inv, 'e')
  if current then
    return current
  end
  redis.call('ZREM', inv, '')
  redis.call('ZADD', inv, exact(now), 'e')
  redis.call('UNLINK', known)
  redis.call('ZADD', known, exact(now), '#')
  return now
end

-- Whether a pattern of literals and stars covers all of a text.
local function covers(pattern, text)
  local position, first = 1, true
  for literal, star in string.gmatch(pattern, '([^*]*)(%*?)') do
    if star == '' then
      if first then
        return literal == text
      end
      return #text - #literal + 1 >= position and string.sub(text, #text - #literal + 1) == literal
    end
    if first then
      if string.sub(text, 1, #literal) ~= literal then
        return false
      end
      position, first = #literal + 1, false
    elseif literal ~= '' then
      local _, last = string.find(text, literal, position, true)
      if not last then
        return false
      end
      position = last + 1
    end
  end
  return true
end

-- What an entry is made of: its key without what chooses between a URL's answers.
local function resource(key)
  local whole = string.gsub(string.match(key, '^[^,]*'), ':$', '')
  return #whole <= 100 and whole or redis.sha1hex(whole)
end

-- Notes that what an entry was made of has changed: what began before is refused, and a miss. That
-- is remembered for longer than an answer takes, and for no longer, since there may be many. Of very
-- many the oldest give way to a floor.
local function changed(changes, inv, key, now)
  redis.call('ZADD', inv, exact(now - 1), 'u')
  redis.call('ZADD', changes, exact(now - 1), resource(key))
  redis.call('ZREMRANGEBYSCORE', changes, '-inf', exact(now - 300000000))
  if redis.call('ZCARD', changes) > 100000 then
    local last = redis.call('ZRANGE', changes, 999, 999, 'WITHSCORES')
    redis.call('ZREMRANGEBYRANK', changes, 0, 999)
    if tonumber(last[2]) > (score(inv, 'f') or -1) then
      redis.call('ZADD', inv, last[2], 'f')
    end
  end
  redis.call('PEXPIRE', changes, 300000)
end

-- Whether all tags of a pattern are among an entry's; both by line, the pattern's after an empty one.
local function hasAll(pattern, tags)
  local lines = '\n' .. tags .. '\n'
  for tag in string.gmatch(pattern, '[^\n]+') do
    if not string.find(lines, '\n' .. tag .. '\n', 1, true) then
      return false
    end
  end
  return true
end

-- A function that tells whether a pattern covers the key, the key without prefix, or without prefix
-- and namespace, or names tags that the entry has together. The prefix is so many bytes long.
local function coverer(key, prefixLength, tags)
  local withoutPrefix = string.sub(key, tonumber(prefixLength) + 1)
  local withoutNamespace = string.match(withoutPrefix, '^[^:]*:(.*)$') or withoutPrefix
  return function(pattern)
    if string.sub(pattern, 1, 1) == '\n' then
      return hasAll(pattern, tags)
    end
    return covers(pattern, key) or covers(pattern, withoutPrefix)
        or covers(pattern, withoutNamespace)
  end
end
