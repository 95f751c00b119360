-- A connection has gone; what it said still counts for a while.
-- ARGV[2]  connection
local said = redis.call('HGET', KEYS[1], 'c:' .. ARGV[2])
if said and string.match(said, '^%a+ %S+$') then
    redis.call('HSET', KEYS[1], 'c:' .. ARGV[2], said .. ' ' .. string.format('%.0f', redis_now()))
end
unwatch(ARGV[2])
return settle()
