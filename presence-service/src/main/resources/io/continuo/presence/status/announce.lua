-- A connection says how its user is.
-- ARGV[2]  connection
-- ARGV[3]  its gateway loop
-- ARGV[4]  status, or "" for what the user chose last
local status = ARGV[4]
if status == '' then
    status = redis.call('HGET', KEYS[1], 'chosen') or 'available'
else
    redis.call('HSET', KEYS[1], 'chosen', status)
end
redis.call('HSET', KEYS[1], 'c:' .. ARGV[2], status .. ' ' .. ARGV[3])
return settle()
