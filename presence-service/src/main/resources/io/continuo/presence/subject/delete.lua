-- Ends a subject. For a while it is remembered that there was one.
-- KEYS[1]  hash of the subject
-- KEYS[2]  hash of its readings
-- KEYS[3]  list of its lifecycle
-- ARGV[1]  for how many milliseconds it is remembered
-- Returns nil when it does not exist, else { version before, version now, loops that watch it }.
local known = redis.call('HMGET', KEYS[1], 'v', 'standing', 'loops')
if not known[1] or known[2] == 'GONE' then
    return nil
end
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if now <= tonumber(known[1]) then
    now = tonumber(known[1]) + 1
end
local version = string.format('%.0f', now)
redis.call('HSET', KEYS[1], 'v', version, 'fv', version, 'standing', 'GONE')
redis.call('HDEL', KEYS[1], 'state', 'sv', 'iot', 'iv', 'loops')
redis.call('DEL', KEYS[2])
redis.call('RPUSH', KEYS[3], version .. ' CORRUPT')
redis.call('LTRIM', KEYS[3], -32, -1)
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[1])
return { known[1], version, known[3] or '' }
