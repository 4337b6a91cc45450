-- KEYS _inv, _k. Begins a new epoch: every entry is a miss from here on, and what began before is
-- refused. Returns the epoch and the floor that were.
redis.call('ZREM', KEYS[1], '')
local before, floor = score(KEYS[1], 'e') or -1, score(KEYS[1], 'f') or -1
local now = math.max(micros(), before + 1)
redis.call('UNLINK', KEYS[1])
-- The floor tells a flush from a server that was lost and came back empty.
redis.call('ZADD', KEYS[1], exact(now), 'e', exact(now), 'f')
redis.call('UNLINK', KEYS[2])
redis.call('ZADD', KEYS[2], exact(now), '#')
return { exact(before), exact(floor) }
