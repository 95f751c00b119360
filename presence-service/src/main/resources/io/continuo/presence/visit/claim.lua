-- A loop has a client's connection now.
-- KEYS[1]  hash of the visit
-- ARGV[1]  the loop
-- ARGV[2]  for how many seconds the visit is remembered
-- Returns { the claim's number, the loop that had it before, state, cursor }, the last three empty when there is none.
-- A number is the time in microseconds, so that it also grows where the visit was forgotten meanwhile.
local was = redis.call('HMGET', KEYS[1], 'number', 'home', 'state', 'cursor')
local time = redis.call('TIME')
local number = math.max(time[1] * 1000000 + time[2], (tonumber(was[1]) or 0) + 1)
redis.call('HSET', KEYS[1], 'number', string.format('%.0f', number), 'home', ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return { number, was[2] or '', was[3] or '', was[4] or '' }
