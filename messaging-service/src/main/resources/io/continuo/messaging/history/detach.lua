-- Ends a loop's registration for a client unless it was renewed.
-- KEYS: client
-- ARGV: loop, newest token that may go
local loops, token = without(redis.call('HGET', KEYS[1], 'loops'), ARGV[1])
if not token or token > tonumber(ARGV[2]) then
  return 0
end
if #loops == 0 then
  return redis.call('HDEL', KEYS[1], 'loops')
end
redis.call('HSET', KEYS[1], 'loops', table.concat(loops, ' '))
return 1
