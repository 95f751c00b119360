-- Ends a loop's registration for a client unless it was renewed.
-- KEYS: gateways
-- ARGV: loop, newest token that may go
local token = redis.call('HGET', KEYS[1], ARGV[1])
if token and tonumber(token) <= tonumber(ARGV[2]) then
  redis.call('HDEL', KEYS[1], ARGV[1])
end
return 1
