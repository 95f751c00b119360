-- Gives a message other parts, if they are still those that the change was made from.
-- KEYS: conversation, participants, former participants, messages, edits, stamp, outbox
-- ARGV: user, position, version that was read, now (ms), parts as JSON, outbox entry
-- Returns {1, stamp, stamp before}, {0} when they are others by now, {-1} or {-2} when the user may not, {-3} when the message
-- is gone.
local no = refusal(KEYS[1], KEYS[2], KEYS[3], ARGV[1])
if no then
  return no
end
local verdict = edit(KEYS[4], KEYS[5], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
if verdict ~= 1 then
  return {verdict}
end
local stamp, before = to_outbox(KEYS[6], KEYS[7], now_ms(), ARGV[6])
return {1, stamp, before}
