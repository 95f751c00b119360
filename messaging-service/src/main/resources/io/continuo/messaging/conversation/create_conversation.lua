-- Creates a conversation or a channel unless its id is taken.
-- KEYS: conversation, participants, stamp, outbox
-- ARGV: creator, digest of the participants or '' when not distinct, metadata as JSON or '', outbox entry,
--       name of a channel or '', participant, participant, …
-- Returns {1, created ms, stamp, stamp before} or {0, creator, digest} of the one that has the id.
if redis.call('EXISTS', KEYS[1]) == 1 then
  local taken = redis.call('HMGET', KEYS[1], 'creator', 'digest')
  return {0, taken[1], taken[2]}
end
local now = now_ms()
redis.call('HSET', KEYS[1], 'created', now, 'creator', ARGV[1], 'digest', ARGV[2], 'position', 0, 'count', 0)
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[1], 'metadata', ARGV[3])
end
if ARGV[5] ~= '' then
  redis.call('HSET', KEYS[1], 'name', ARGV[5])
end
for i = 6, #ARGV do
  redis.call('HSET', KEYS[2], ARGV[i], now)
end
local stamp, before = to_outbox(KEYS[3], KEYS[4], now, ARGV[4])
return {1, now, stamp, before}
