-- Takes a message out of one participant's sight, for ever.
-- KEYS: conversation, participants, former participants, veils, hidden messages, messages, receipts of the message, read,
--       stamp, outbox
-- ARGV: user, message id, position, conversation as an event names it, step between positions
-- Returns {1, stamp, stamp before, outbox entry}, {0} when the user does not see it (any more), {-1} or {-2} when the user
-- may not.
local user, position, step = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[5])
local joined = redis.call('HGET', KEYS[2], user)
if not joined then
  return refused(KEYS[3], user)
end
local found = redis.call('XRANGE', KEYS[6], ARGV[3] .. '-0', ARGV[3] .. '-0')[1]
local veil = veil_of(KEYS[4], user)
if not found or is_veiled(veil, KEYS[5], user, position, step) then
  return {0}
end
local sender, sent_at = found[2][4], tonumber(found[2][6])
local unread = sender ~= user and tonumber(joined) <= sent_at
  and tonumber(redis.call('HGET', KEYS[8], user) or '0') < position
  and redis.call('HGET', KEYS[7], user) ~= 'READ'
redis.call('ZADD', KEYS[5], 0, hidden_name(user, position / step))
veil.hidden = veil.hidden + 1
keep_veil(KEYS[4], user, veil)
local total = redis.call('HGET', KEYS[1], 'count') - veil.below - veil.hidden
local last = newest_seen(KEYS[6], KEYS[5], user, veil, step)
local entry = string.format('h:%s:%d:%d:%s:%s:%s:', ARGV[4], position / step, total, unread and 'u' or 'r', ARGV[2], last)
  .. user
local stamp, before = to_outbox(KEYS[9], KEYS[10], now_ms(), entry)
return {1, stamp, before, entry}
