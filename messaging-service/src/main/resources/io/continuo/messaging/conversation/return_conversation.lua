-- Brings a conversation back into the sight of a participant who had deleted it.
-- KEYS: participants, veils, stamp, outbox
-- ARGV: user, conversation as an event names it, step between positions
-- Returns {1, stamp, stamp before, outbox entry} or {0} when it is not out of sight.
local veil = veil_of(KEYS[2], ARGV[1])
if not veil.away or redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  return {0}
end
veil.away = false
keep_veil(KEYS[2], ARGV[1], veil)
local entry = string.format('b:%s:%d:', ARGV[2], veil.up_to / ARGV[3]) .. ARGV[1]
local stamp, before = to_outbox(KEYS[3], KEYS[4], now_ms(), entry)
return {1, stamp, before, entry}
