-- Takes users that are due. Who is taken is due again after a while, in case the taker does not get through.
-- KEYS[1]  sorted set: users by when they are to be looked after
-- ARGV[1]  how many at most
-- ARGV[2]  when they are due again, in milliseconds from now
-- Returns { when they are due again, user, user, … }.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local taken = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
for i = 1, #taken do
    redis.call('ZADD', KEYS[1], now + ARGV[2], taken[i])
end
table.insert(taken, 1, now + ARGV[2])
return taken
