-- Notes in a client's ledger what became of a stretch that was not delivered, unless somebody else did meanwhile.
-- KEYS: client
-- ARGV: the sequence before the stretch, its last, how many of them have expired; the rest was passed over
local had = tonumber(redis.call('HGET', KEYS[1], 'had') or '0')
if had ~= tonumber(ARGV[1]) then
  return 0
end
local expired = tonumber(ARGV[3])
local passed = tonumber(ARGV[2]) - had - expired
if expired > 0 then
  redis.call('HINCRBY', KEYS[1], 'expired', expired)
end
if passed > 0 then
  redis.call('HINCRBY', KEYS[1], 'passed', passed)
end
redis.call('HSET', KEYS[1], 'had', ARGV[2])
return 1
