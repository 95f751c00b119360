-- Lets go of everything that is pending for a webhook in a partition.
-- KEYS: stamps of the webhooks, what is pending
-- ARGV: webhook, 1 when the webhook is gone for good
-- Returns how much was pending.
local pending = redis.call('XLEN', KEYS[2])
redis.call('DEL', KEYS[2])
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  local gone = ARGV[2] == '1' and field == ARGV[1]
  if gone or string.sub(field, 1, #ARGV[1] + 1) == ARGV[1] .. ':' then
    redis.call('HDEL', KEYS[1], field)
  end
end
return pending
