-- Notes that a user may or may not see a subject, in whatever order such news come.
-- KEYS[1]  sorted set of the subjects that the user may see
-- KEYS[2]  sorted set of those that have left the user's sight
-- KEYS[3]  hash of the gateway loops that want to know
-- ARGV[1]  subject
-- ARGV[2]  version of the change that made it so
-- ARGV[3]  1 when the user may see it, else 0
-- ARGV[4]  what has left before this version is forgotten
-- Returns the loops.
local newest = math.max(
    tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0), tonumber(redis.call('ZSCORE', KEYS[2], ARGV[1]) or 0))
if newest > tonumber(ARGV[2]) then
    return {}
end
if ARGV[3] == '1' then
    redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
    redis.call('ZREM', KEYS[2], ARGV[1])
elseif redis.call('ZREM', KEYS[1], ARGV[1]) == 1 then
    redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
    redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[4])
end
return redis.call('HKEYS', KEYS[3])
