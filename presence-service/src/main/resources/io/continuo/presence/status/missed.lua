-- A loop may have missed what happened at a time or later.
-- KEYS[1]  hash: loop → since when it may have missed something, and how often that was noted
-- ARGV[1]  loop
-- ARGV[2]  the time, in milliseconds since the epoch
-- ARGV[3]  how many milliseconds to remember it for
local since, times = string.match(redis.call('HGET', KEYS[1], ARGV[1]) or '', '^(%d+) (%d+)$')
since = math.min(tonumber(since or ARGV[2]), tonumber(ARGV[2]))
redis.call('HSET', KEYS[1], ARGV[1], string.format('%d %d', since, (times or 0) + 1))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
