-- Registers a gateway loop for a client and tells where the client's history stands, in one step: what is appended
-- afterwards is delivered to the loop, what was appended before is in the history.
-- KEYS: client, history, revoked session, when all sessions were ended
-- ARGV: loop, token, position to resume from or '', when the session began in ms, for how long (ms) the client hash is
--       kept or '' for ever
-- Returns {-1} when the session is revoked, {-2} when the user is suspended, else {now ms, tail, sequence up to which all
-- is accounted for} and, when resuming, three lists of entries with at most one entry each: the first of the history, the
-- one at the position, the next after it.
local ended = redis.call('GET', KEYS[4])
if redis.call('EXISTS', KEYS[3]) == 1 or (ended and tonumber(ARGV[4]) <= tonumber(ended)) then
  return {-1}
end
local known = redis.call('HMGET', KEYS[1], 'tail', 'loops', 'suspended', 'had')
if known[3] then
  return {-2}
end
local loops = without(known[2], ARGV[1])
loops[#loops + 1] = ARGV[1] .. '=' .. ARGV[2]
redis.call('HSET', KEYS[1], 'loops', table.concat(loops, ' '))
if ARGV[5] ~= '' then
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
end
local time = redis.call('TIME')
local answer = {time[1] * 1000 + math.floor(time[2] / 1000), known[1] or '0-0', tonumber(known[4] or '0')}
if ARGV[3] ~= '' then
  answer[4] = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)
  answer[5] = redis.call('XRANGE', KEYS[2], ARGV[3], ARGV[3])
  answer[6] = redis.call('XRANGE', KEYS[2], '(' .. ARGV[3], '+', 'COUNT', 1)
end
return answer
