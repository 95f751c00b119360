-- Sets a webhook's status.
-- KEYS: webhooks
-- ARGV: webhook, status and reason, the status that it must have before or ''
-- Returns 1 when it is set, 0 when there is no such webhook or its status is another by now.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  return 0
end
local field = ARGV[1] .. ':status'
local before = redis.call('HGET', KEYS[1], field) or 'UNVERIFIED'
if ARGV[3] ~= '' and string.sub(before, 1, #ARGV[3]) ~= ARGV[3] then
  return 0
end
redis.call('HSET', KEYS[1], field, ARGV[2])
return 1
