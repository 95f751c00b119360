-- A node is there.
-- KEYS[1]  sorted set: nodes that hold connections with a presence, by the time since when
-- ARGV[1]  node
-- Returns the time since when it has been registered without a break, in milliseconds since the epoch.
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], 'NX', time[1] * 1000 + math.floor(time[2] / 1000), ARGV[1])
return tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]))
