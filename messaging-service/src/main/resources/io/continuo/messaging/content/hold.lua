-- Keeps content from being deleted while a message that is to use it is on its way.
-- KEYS: facts, uses
-- ARGV: the hold, until (ms since the epoch)
-- Returns {owner, type, size, '1' when it is uploaded}, or {} when there is no such content.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return {}
end
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
return redis.call('HMGET', KEYS[1], 'owner', 'type', 'size', 'uploaded')
