-- Keeps the push token of a device; of too many, the one that was given longest ago goes.
-- KEYS: devices, tokens
-- ARGV: device, token as JSON, most devices
local time = redis.call('TIME')
redis.call('ZADD', KEYS[1], string.format('%d%06d', time[1], time[2]), ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
local old = redis.call('ZRANGE', KEYS[1], 0, -tonumber(ARGV[3]) - 1)
for _, device in ipairs(old) do
  redis.call('ZREM', KEYS[1], device)
  redis.call('HDEL', KEYS[2], device)
end
return #old
