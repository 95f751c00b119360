-- Puts off what is to be done next for a scheduled message, if it is still scheduled.
-- KEYS: schedule
-- ARGV: message id, ms from now
local time = redis.call('TIME')
local at = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[2])
return redis.call('ZADD', KEYS[1], 'XX', string.format('%d', at), ARGV[1])
