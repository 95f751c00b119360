-- Keeps a message that is to be sent later, once for each message id.
-- KEYS: participants of its conversation, message ids of its conversation, schedule, scheduled
-- ARGV: message id, request as JSON, delay in ms, for how long before its sender is seen typing (ms)
-- Returns {1, ms when it will be sent}, {0} when the id is known or scheduled, {-1} when there is no such conversation.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return {-1}
end
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 or redis.call('HEXISTS', KEYS[4], ARGV[1]) == 1 then
  return {0}
end
local time = redis.call('TIME')
local due = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[3])
redis.call('HSET', KEYS[4], ARGV[1], string.format('%d %d %s', due, tonumber(ARGV[4]), ARGV[2]))
redis.call('ZADD', KEYS[3], string.format('%d', due - math.min(tonumber(ARGV[3]), tonumber(ARGV[4]))), ARGV[1])
return {1, due}
