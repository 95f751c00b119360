-- A message does not use content any more; content that none uses, and none is about to use, is forgotten.
-- KEYS: facts, uses
-- ARGV: the use, now (ms since the epoch)
-- Returns 1 when the content is forgotten, and its bytes can go.
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '(0', ARGV[2])
if redis.call('ZCARD', KEYS[2]) > 0 then
  return 0
end
return redis.call('DEL', KEYS[1])
