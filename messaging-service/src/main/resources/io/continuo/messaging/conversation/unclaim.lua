-- Takes back a claim, that a conversation is the distinct one of some people or has the message with some id, unless it is
-- another conversation's by now.
-- KEYS: the claim
-- ARGV: conversation
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
