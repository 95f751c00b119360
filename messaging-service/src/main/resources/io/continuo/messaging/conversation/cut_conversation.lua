-- Takes a conversation out of one participant's sight, and what was said in it for ever. It comes back with the next
-- message.
-- KEYS: conversation, participants, former participants, veils, hidden messages, stamp, outbox
-- ARGV: user, conversation as an event names it
-- Returns {1, stamp, stamp before, outbox entry}, {0} when it is out of sight already, {-1} or {-2} when the user may not.
local user = ARGV[1]
if redis.call('HEXISTS', KEYS[2], user) == 0 then
  return refused(KEYS[3], user)
end
local veil = veil_of(KEYS[4], user)
if veil.away then
  return {0}
end
local stands = redis.call('HMGET', KEYS[1], 'position', 'count')
keep_veil(KEYS[4], user, {up_to = tonumber(stands[1]), below = tonumber(stands[2]), hidden = 0, away = true})
if veil.hidden > 0 then
  redis.call('ZREMRANGEBYLEX', KEYS[5], '[' .. hidden_name(user, 0), '[' .. hidden_name(user, 999999999999))
end
local entry = 'y:' .. ARGV[2] .. ':' .. user
local stamp, before = to_outbox(KEYS[6], KEYS[7], now_ms(), entry)
return {1, stamp, before, entry}
