-- A connection has gone.
-- KEYS[1]  hash of the user's presence
-- ARGV[1]  connection
-- Returns { now in milliseconds, the whole hash as a list }.
if redis.call('HDEL', KEYS[1], 'c:' .. ARGV[1]) == 1 then
    redis.call('HINCRBY', KEYS[1], 'version', 1)
end
local time = redis.call('TIME')
return { time[1] * 1000 + math.floor(time[2] / 1000), redis.call('HGETALL', KEYS[1]) }
