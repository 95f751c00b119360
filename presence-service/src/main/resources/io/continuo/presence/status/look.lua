-- How a user is.
-- KEYS[1]  hash of the user's presence
-- Returns { now in milliseconds, the whole hash as a list }.
local time = redis.call('TIME')
return { time[1] * 1000 + math.floor(time[2] / 1000), redis.call('HGETALL', KEYS[1]) }
