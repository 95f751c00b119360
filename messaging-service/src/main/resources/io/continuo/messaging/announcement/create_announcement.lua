-- Makes an announcement, once for each id. Its recipients are stored before.
-- KEYS: announcement, recipients, stamp, outbox
-- ARGV: sender, parts as JSON, outbox entry
-- Returns {1, stamp, stamp before}, or {0} when the id is taken.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return {0}
end
local now = now_ms()
redis.call('HSET', KEYS[1], 'from', ARGV[1], 'at', now, 'parts', ARGV[2])
redis.call('PERSIST', KEYS[2])
local stamp, before = to_outbox(KEYS[3], KEYS[4], now, ARGV[3])
return {1, stamp, before}
