-- Lets one instance at a time clear up after a dead node.
-- KEYS[1]  string: who does
-- ARGV[1]  the instance
-- ARGV[2]  for how many milliseconds
-- Returns 1 when it is this one.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
    return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
