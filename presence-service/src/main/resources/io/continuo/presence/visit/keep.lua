-- Remembers where a visit stands, unless another loop has claimed it since.
-- KEYS[1]  hash of the visit
-- ARGV[1]  number of the loop's claim
-- ARGV[2]  the loop
-- ARGV[3]  state
-- ARGV[4]  cursor
-- ARGV[5]  for how many seconds it is remembered
-- Returns 1 when noted, else 0.
local number = tonumber(redis.call('HGET', KEYS[1], 'number'))
if number and number > tonumber(ARGV[1]) then
    return 0
end
redis.call('HSET', KEYS[1], 'number', ARGV[1], 'home', ARGV[2], 'state', ARGV[3], 'cursor', ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[5])
return 1
