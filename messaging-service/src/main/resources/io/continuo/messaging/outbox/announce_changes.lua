-- Puts a user's changes into the outbox, each once and in the order of their numbers: those too that somebody noted and
-- had not the time to put here.
-- KEYS: numbers of users, stamp, outbox
-- ARGV: user, number of the user's newest change, most changes to put here
-- Returns {stamp, stamp before} of the newest, or {} when all are here.
local known = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
local newest = tonumber(ARGV[2])
if newest <= known then
  return {}
end
local now = now_ms()
local stamp, before
for number = math.max(known + 1, newest - tonumber(ARGV[3]) + 1), newest do
  stamp, before = to_outbox(KEYS[2], KEYS[3], now, string.format('u:%d:%s', number, ARGV[1]))
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return {stamp, before}
