-- Gives a message other parts, if they are still those that the change was made from.
-- KEYS: participants, former participants, messages, edits, stamp, outbox
-- ARGV: user or '' for the app's backend, position, version that was read, now (ms), parts as JSON, outbox entry
-- Returns {1, stamp, stamp before}, {0} when they are others by now, {-1} or {-2} when the user may not, {-3} when the message
-- is gone.
if ARGV[1] ~= '' and redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  return refused(KEYS[2], ARGV[1])
end
local verdict = edit(KEYS[3], KEYS[4], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
if verdict ~= 1 then
  return {verdict}
end
local stamp, before = to_outbox(KEYS[5], KEYS[6], now_ms(), ARGV[6])
return {1, stamp, before}
