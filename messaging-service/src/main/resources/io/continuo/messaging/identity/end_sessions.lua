-- Ends all sessions of a user that have begun until now.
-- KEYS: when the user's sessions were ended
-- ARGV: for how long this has to be remembered, ms
-- Returns now in ms.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('SET', KEYS[1], string.format('%d', now), 'PX', ARGV[1])
return now
