-- Lets a gateway loop hear no more what a user may see.
-- KEYS[1]  hash of the gateway loops that want to know
-- ARGV[1]  the loop
-- ARGV[2]  a newer token of the loop stays
local token = redis.call('HGET', KEYS[1], ARGV[1])
if token and tonumber(token) <= tonumber(ARGV[2]) then
    redis.call('HDEL', KEYS[1], ARGV[1])
end
return 0
