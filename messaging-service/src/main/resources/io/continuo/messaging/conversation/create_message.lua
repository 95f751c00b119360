-- Adds a message to a conversation, once for each message id.
-- KEYS: conversation, participants, messages, message ids, stamp, outbox, former participants, edits,
--       veils
-- ARGV: sender, message id, parts as JSON, large room, step between positions, conversation as an event names it,
--       who asks: the sender, or a backend in the sender's name; notification as JSON or '', and for a response what it makes
--       of another message's parts: that message's position, version that was read, now (ms), parts as JSON, outbox entry
-- Returns {1, position, sent ms, stamp, stamp before, outbox entry, participants unless the room
-- is large, stamp of the response}, {0, position} when the id is known,
-- {-1} when who asks never took part, {-2} when no longer, {-3} when the response was made from what is old by now.
local no = refusal(KEYS[1], KEYS[2], KEYS[7], ARGV[7])
if no then
  return no
end
local known = redis.call('HGET', KEYS[4], ARGV[2])
if known then
  return {0, known}
end
if ARGV[9] and edit(KEYS[3], KEYS[8], ARGV[9], ARGV[10], ARGV[11], ARGV[12]) ~= 1 then
  return {-3}
end
local now = now_ms()
local position = redis.call('HINCRBY', KEYS[1], 'position', ARGV[5])
local count = redis.call('HINCRBY', KEYS[1], 'count', 1)
redis.call('HSET', KEYS[1], 'last_at', now)
redis.call('HSET', KEYS[4], ARGV[2], position)
local people = {}
if redis.call('HLEN', KEYS[2]) <= tonumber(ARGV[4]) then
  people = redis.call('HKEYS', KEYS[2])
end
local fields = {'id', ARGV[2], 'from', ARGV[1], 'at', now, 'parts', ARGV[3],
  'to', #people > 0 and cjson.encode(people) or '[]'}
if ARGV[8] ~= '' then
  fields[11], fields[12] = 'notify', ARGV[8]
end
redis.call('XADD', KEYS[3], string.format('%d-0', position), unpack(fields))
local entry = string.format('m:%s:%d:%d', ARGV[6], position / ARGV[5], count)
-- Who had deleted the conversation first gets it back. Who does not see all of it counts fewer messages.
local veils, fewer, veiled = redis.call('HGETALL', KEYS[9]), {}, false
for i = 1, #veils, 2 do
  local user, veil = veils[i], veil_from(veils[i + 1])
  if veil.away and redis.call('HEXISTS', KEYS[2], user) == 1 then
    veil.away = false
    keep_veil(KEYS[9], user, veil)
    to_outbox(KEYS[5], KEYS[6], now, string.format('b:%s:%d:', ARGV[6], veil.up_to / ARGV[5]) .. user)
  end
  if veil.below + veil.hidden > 0 then
    fewer[user] = veil.below + veil.hidden
    veiled = true
  end
end
if veiled then
  entry = entry .. ':' .. cjson.encode(fewer)
end
local stamp, before = to_outbox(KEYS[5], KEYS[6], now, entry)
local response
if ARGV[9] then
  response = to_outbox(KEYS[5], KEYS[6], now, ARGV[13])
end
return {1, position, now, stamp, before, entry, people, response}
