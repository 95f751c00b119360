-- Adds a message to a conversation, once for each message id.
-- KEYS: conversation, participants, messages, message ids, stamp, outbox
-- ARGV: sender, message id, parts as JSON, large room, step between positions, conversation as an event names it
-- Returns {1, position, sent ms, stamp, stamp before, participants unless the room
-- is large}, {0, position} when the id is known,
-- {-1} when the conversation is unknown, {-2} when the sender does not take part.
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then
  return {redis.call('EXISTS', KEYS[1]) == 1 and -2 or -1}
end
local known = redis.call('HGET', KEYS[4], ARGV[2])
if known then
  return {0, known}
end
local now = now_ms()
local position = redis.call('HINCRBY', KEYS[1], 'position', ARGV[5])
redis.call('HINCRBY', KEYS[1], 'count', 1)
redis.call('HSET', KEYS[1], 'last_at', now)
redis.call('HSET', KEYS[4], ARGV[2], position)
local people = {}
if redis.call('HLEN', KEYS[2]) <= tonumber(ARGV[4]) then
  people = redis.call('HKEYS', KEYS[2])
end
redis.call('XADD', KEYS[3], string.format('%d-0', position), 'id', ARGV[2], 'from', ARGV[1], 'at', now,
  'parts', ARGV[3], 'to', #people > 0 and cjson.encode(people) or '[]')
local entry = 'm:' .. ARGV[6] .. ':' .. string.format('%d', position / ARGV[5])
local stamp, before = to_outbox(KEYS[5], KEYS[6], now, entry)
return {1, position, now, stamp, before, people}
