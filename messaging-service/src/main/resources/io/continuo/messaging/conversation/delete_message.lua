-- Deletes a message for everyone.
-- KEYS: conversation, participants, former participants, messages, message ids, receipts of the message, stamp, outbox,
--       read, veils, hidden messages
-- ARGV: user, message id, position, conversation as an event names it, step between positions
-- Returns {1, stamp, stamp before, outbox entry}, {0} when it is gone already, {-1} or
-- {-2} when the user may not.
local no = refusal(KEYS[1], KEYS[2], KEYS[3], ARGV[1])
if no then
  return no
end
local position, step = tonumber(ARGV[3]), tonumber(ARGV[5])
if is_veiled(veil_of(KEYS[10], ARGV[1]), KEYS[11], ARGV[1], position, step) then
  return {0}
end
local found = redis.call('XRANGE', KEYS[4], ARGV[3] .. '-0', ARGV[3] .. '-0')
if #found == 0 then
  return {0}
end
local sender, sent_at = found[1][2][4], tonumber(found[1][2][6])
redis.call('XDEL', KEYS[4], ARGV[3] .. '-0')
redis.call('HDEL', KEYS[5], ARGV[2])
-- Who has not read it has one message less to read: the receipts tell who has, until everyone has been told.
redis.call('HSET', KEYS[6], sender, 'READ')
local people = redis.call('HGETALL', KEYS[2])
for i = 1, #people, 2 do
  if tonumber(people[i + 1]) > sent_at then
    redis.call('HSET', KEYS[6], people[i], 'READ')
  end
end
local read = redis.call('HGETALL', KEYS[9])
for i = 1, #read, 2 do
  if tonumber(read[i + 1]) >= tonumber(ARGV[3]) then
    redis.call('HSET', KEYS[6], read[i], 'READ')
  end
end
local count = redis.call('HINCRBY', KEYS[1], 'count', -1)
local newest = redis.call('XREVRANGE', KEYS[4], '+', '-', 'COUNT', 1)
local last = ''
if #newest > 0 then
  last = newest[1][2][2]
  redis.call('HSET', KEYS[1], 'last_at', newest[1][2][6])
else
  redis.call('HDEL', KEYS[1], 'last_at')
end
local entry = string.format('d:%s:%d:%d:%s:%s', ARGV[4], ARGV[3] / ARGV[5], count, ARGV[2], last)
-- Who does not see all of the conversation: is it news to them ('' when not), and what is left for them, '<total>:<last>'.
local veils, veiled, others = redis.call('HGETALL', KEYS[10]), false, {}
for i = 1, #veils, 2 do
  local user, veil = veils[i], veil_from(veils[i + 1])
  if is_veiled(veil, KEYS[11], user, position, step) then
    if position <= veil.up_to then
      veil.below = veil.below - 1
    else
      veil.hidden = veil.hidden - 1
      redis.call('ZREM', KEYS[11], hidden_name(user, position / step))
    end
    keep_veil(KEYS[10], user, veil)
    others[user] = ''
  else
    others[user] = string.format('%d:', count - veil.below - veil.hidden)
      .. newest_seen(KEYS[4], KEYS[11], user, veil, step)
  end
  veiled = true
end
if veiled then
  entry = entry .. ':' .. cjson.encode(others)
end
-- Who took part once still counts what they may see.
local formers = redis.call('HGETALL', KEYS[3])
for i = 1, #formers, 2 do
  local up_to, total = string.match(formers[i + 1], '(%d+) (%d+)')
  if position <= tonumber(up_to) and others[formers[i]] ~= '' then
    redis.call('HSET', KEYS[3], formers[i], string.format('%s %d', up_to, total - 1))
  end
end
local stamp, before = to_outbox(KEYS[7], KEYS[8], now_ms(), entry)
return {1, stamp, before, entry}
