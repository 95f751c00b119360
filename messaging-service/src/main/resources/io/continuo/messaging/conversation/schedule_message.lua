-- Keeps a message that is to be sent later, once for each message id.
-- KEYS: conversation, participants, former participants, message ids, schedule, scheduled
-- ARGV: who asks, message id, request as JSON, delay in ms, for how long before its sender is seen typing (ms)
-- Returns {1, ms when it will be sent}, {0} when the id is known or scheduled, {-1} or {-2} when the one who asks may not.
local no = refusal(KEYS[1], KEYS[2], KEYS[3], ARGV[1])
if no then
  return no
end
if redis.call('HEXISTS', KEYS[4], ARGV[2]) == 1 or redis.call('HEXISTS', KEYS[6], ARGV[2]) == 1 then
  return {0}
end
local delay, typing = tonumber(ARGV[4]), tonumber(ARGV[5])
local due = now_ms() + delay
redis.call('HSET', KEYS[6], ARGV[2], string.format('%d %d %s', due, typing, ARGV[3]))
redis.call('ZADD', KEYS[5], string.format('%d', due - math.min(delay, typing)), ARGV[2])
return {1, due}
