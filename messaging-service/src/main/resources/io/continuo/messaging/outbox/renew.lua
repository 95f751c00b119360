-- Takes or renews the ownership of a partition.
-- KEYS: owner
-- ARGV: instance, lease in ms, then instances that are dead: what they have is to be had
-- Returns 2 when it was taken, 1 when it was renewed, 0 when another instance has it.
local owner = redis.call('GET', KEYS[1])
if owner == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 1
end
for i = 3, #ARGV do
  if owner == ARGV[i] then
    owner = false
  end
end
if owner then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 2
