-- A connection says how its user is.
-- KEYS[1]  hash of the user's presence
-- ARGV[1]  connection
-- ARGV[2]  its gateway loop
-- ARGV[3]  status, or "" for what the user chose last
-- Returns { now in milliseconds, the whole hash as a list }.
local status = ARGV[3]
if status == '' then
    status = redis.call('HGET', KEYS[1], 'chosen') or 'available'
else
    redis.call('HSET', KEYS[1], 'chosen', status)
end
redis.call('HSET', KEYS[1], 'c:' .. ARGV[1], status .. ' ' .. ARGV[2])
redis.call('HINCRBY', KEYS[1], 'version', 1)
local time = redis.call('TIME')
return { time[1] * 1000 + math.floor(time[2] / 1000), redis.call('HGETALL', KEYS[1]) }
