-- Lets a gateway loop hear what a user may see from now on, and reads what it is now.
-- KEYS[1]  sorted set of the subjects that the user may see
-- KEYS[2]  sorted set of those that have left the user's sight
-- KEYS[3]  hash of the gateway loops that want to know
-- ARGV[1]  the loop
-- ARGV[2]  the loop's token
-- ARGV[3]  version since when departures are of interest
-- Returns { microseconds since the epoch, subjects, { subject that has left, version, … } }.
local token = redis.call('HGET', KEYS[3], ARGV[1])
if not token or tonumber(token) < tonumber(ARGV[2]) then
    redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
end
local time = redis.call('TIME')
return {
    string.format('%.0f', time[1] * 1000000 + time[2]),
    redis.call('ZRANGE', KEYS[1], 0, -1),
    redis.call('ZRANGEBYSCORE', KEYS[2], ARGV[3], '+inf', 'WITHSCORES')
}
