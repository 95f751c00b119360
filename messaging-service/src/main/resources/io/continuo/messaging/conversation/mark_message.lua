-- Moves one participant's status of a message forward, never back.
-- KEYS: participants, receipts of the message, stamp, outbox, read, veils, hidden messages
-- ARGV: user, status, rank of the status, outbox entry, when the message was sent (ms), position of the message,
--       step between positions
-- Returns {1, stamp, stamp before}, {0} when the status was reached before, {-2} when the user does not take part or does not see it.
local joined = redis.call('HGET', KEYS[1], ARGV[1])
if not joined then
  return {-2}
end
local position, step = tonumber(ARGV[6]), tonumber(ARGV[7])
if is_veiled(veil_of(KEYS[6], ARGV[1]), KEYS[7], ARGV[1], position, step) then
  return {-2}
end
if tonumber(joined) > tonumber(ARGV[5]) then
  return {0} -- who came later has nothing of it to read
end
if tonumber(redis.call('HGET', KEYS[5], ARGV[1]) or '0') >= position then
  return {0} -- read as a part of the whole
end
local rank = {DELIVERED = 1, READ = 2}
local reached = redis.call('HGET', KEYS[2], ARGV[1])
if reached and rank[reached] >= tonumber(ARGV[3]) then
  return {0}
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
local stamp, before = to_outbox(KEYS[3], KEYS[4], now_ms(), ARGV[4])
return {1, stamp, before}
