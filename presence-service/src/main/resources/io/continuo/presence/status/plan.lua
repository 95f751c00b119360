-- Has users looked after, in a while at the latest.
-- KEYS[1]   sorted set: users by when they are to be looked after
-- ARGV[1]   in how many milliseconds
-- ARGV[2..] users
-- Returns the time that was set.
local time = redis.call('TIME')
local due = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1]
for i = 2, #ARGV do
    redis.call('ZADD', KEYS[1], 'LT', due, ARGV[i])
end
return due
