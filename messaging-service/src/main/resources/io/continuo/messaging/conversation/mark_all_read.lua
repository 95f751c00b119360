-- Makes somebody have read everything up to a place: one mark, whatever the number of messages. It never goes back.
-- KEYS: conversation, participants, former participants, read, messages, stamp, outbox, veils, hidden messages, then the
--       receipts of the messages of a window, which the caller has looked up: those after the place, or the next after
--       what was read before
-- ARGV: user, position or '' for everything, what was read before, step between positions, conversation as an event names
--       it, 'after' or 'before', number of the window's first message
-- Returns {1, stamp, stamp before, outbox entry}, {0} when there is no news, {-1} or {-2} when the user may not, {-3} when
-- the window does not fit (any more).
local user, step = ARGV[1], tonumber(ARGV[4])
local joined = tonumber(redis.call('HGET', KEYS[2], user))
if not joined then
  return refused(KEYS[3], user)
end
local veil = veil_of(KEYS[8], user)
local from = math.max(veil.up_to, tonumber(redis.call('HGET', KEYS[4], user) or '0'))
local newest = tonumber(redis.call('HGET', KEYS[1], 'position'))
local to = ARGV[2] == '' and newest or math.min(newest, tonumber(ARGV[2]))
to = to - to % step
if to <= from then
  return {0}
end
local first, size = tonumber(ARGV[7]), #KEYS - 9
local stop = ARGV[6] == 'after' and newest or to
local outrun = ARGV[6] == 'before' and from ~= tonumber(ARGV[3])
if outrun or to / step + 1 < first or stop / step >= first + size then
  return {-3}
end

-- What the user has still to read in the window.
local count = 0
local start = ARGV[6] == 'after' and to + step or first * step
local entries = redis.call('XRANGE', KEYS[5], string.format('%d-0', start), string.format('%d-0', stop))
for _, entry in ipairs(entries) do
  local position = tonumber(string.match(entry[1], '^%d+'))
  local number = position / step
  local sender, sent_at = entry[2][4], tonumber(entry[2][6])
  if sender ~= user and sent_at >= joined and not is_veiled(veil, KEYS[9], user, position, step)
      and redis.call('HGET', KEYS[10 + number - first], user) ~= 'READ' then
    count = count + 1
  end
end

redis.call('HSET', KEYS[4], user, string.format('%d', to))
if ARGV[6] == 'before' and count == 0 then
  return {0}
end
local entry = string.format('a:%s:%d:%d:%s%d:', ARGV[5], from / step, to / step, ARGV[6] == 'after' and '=' or '-', count)
  .. user
local stamp, before = to_outbox(KEYS[6], KEYS[7], now_ms(), entry)
return {1, stamp, before, entry}
