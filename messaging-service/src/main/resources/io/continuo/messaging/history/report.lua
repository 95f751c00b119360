-- Notes in a client's ledger what was delivered to it, and what it was told is lost. `had` is the sequence up to which
-- all is accounted for.
-- KEYS: client, history
-- ARGV: the sequence before the first delivered, the sequence of the last delivered (0 for none), the sequence up to which
--       what was not delivered is lost (0 for none)
-- Returns {} when it is done; else {had, first entry held}: nobody knows what became of what lies between `had` and the
-- first delivered, and nothing is noted.
local known = redis.call('HMGET', KEYS[1], 'tail', 'had')
local tail = tonumber(string.match(known[1] or '0-0', '%d+$'))
local had, before = tonumber(known[2] or '0'), tonumber(known[2] or '0')
local from, to, lost = tonumber(ARGV[1]), math.min(tonumber(ARGV[2]), tail), math.min(tonumber(ARGV[3]), tail)
if to > had then
  if from > had then
    return {had, redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)}
  end
  had = to
end
if lost > had then
  redis.call('HINCRBY', KEYS[1], 'lost', lost - had)
  had = lost
end
if had > before then
  redis.call('HSET', KEYS[1], 'had', string.format('%d', had))
end
return {}
