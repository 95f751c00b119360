-- Deletes a conversation for everyone. Its messages go when everyone has been told.
-- KEYS: conversation, participants, former participants, deleted participants, stamp, outbox
-- ARGV: user, conversation as an event names it, '1' when the user need not take part
-- Returns {1, stamp, stamp before, digest of a distinct one or of a channel's name, or ''}, {0} to a backend for what there is
-- not (any more), {-1} or {-2} when the user may not.
if is_backend(ARGV[1]) and redis.call('EXISTS', KEYS[1]) == 0 then
  return {0}
end
local no = ARGV[3] ~= '1' and refusal(KEYS[1], KEYS[2], KEYS[3], ARGV[1])
if no then
  return no
end
local digest = redis.call('HGET', KEYS[1], 'digest')
if not digest then
  return {-1}
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('RENAME', KEYS[2], KEYS[4])
end
redis.call('DEL', KEYS[1], KEYS[3])
local stamp, before = to_outbox(KEYS[5], KEYS[6], now_ms(), 'x:' .. ARGV[2] .. ':a')
return {1, stamp, before, digest}
