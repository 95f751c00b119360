-- Takes back a claim to be the distinct conversation of some people, unless it is another conversation's by now.
-- KEYS: the claim
-- ARGV: conversation
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
