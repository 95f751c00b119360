-- Appends one event to the histories of several clients, once: a stamp that a client has taken from the partition
-- before is not taken again.
-- KEYS: for each client: history, client, gateways
-- ARGV: field of the partition in the client hash, stamp, event, field of the conversation's unread count,
--       longest history, retention in ms,
--       then for each client: 's' two packets, 'u' two packets and unread + 1, 'r' two packets and unread - 1,
--       'o' one packet
-- Returns for each client {ms, seq, unread or -1, loop, loop, …}; when the stamp was taken before, {ms, seq} are those of
-- the tail and unread is -2.
local function answer(ms, seq, unread, gateways)
  local loops = redis.call('HKEYS', gateways)
  return {ms, seq, unread, unpack(loops)}
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local stamp, retention = tonumber(ARGV[2]), tonumber(ARGV[6])
local appended = {}
for i = 1, #KEYS / 3 do
  local history, client, gateways = KEYS[3 * i - 2], KEYS[3 * i - 1], KEYS[3 * i]
  local known = redis.call('HMGET', client, 'ms', 'seq', ARGV[1], ARGV[4], 'expire_at')
  local ms, seq = tonumber(known[1] or '0'), tonumber(known[2] or '0')
  if known[3] and tonumber(known[3]) >= stamp then
    appended[i] = answer(ms, seq, -2, gateways)
  else
    local way = ARGV[6 + i]
    local unread = -1
    ms = math.max(ms, now)
    seq = seq + (way == 'o' and 1 or 2)
    if way == 'u' or way == 'r' then
      unread = math.max(0, tonumber(known[4] or '0') + (way == 'u' and 1 or -1))
      redis.call('HSET', client, 'ms', ms, 'seq', seq, ARGV[1], ARGV[2], ARGV[4], unread)
    else
      redis.call('HSET', client, 'ms', ms, 'seq', seq, ARGV[1], ARGV[2])
    end
    redis.call('XADD', history, 'MAXLEN', '~', ARGV[5], string.format('%d-%d', ms, seq), 'e', ARGV[3], 'u', unread)
    if now + retention > tonumber(known[5] or '0') then
      -- Once in a quarter of the retention: let go of what is old, and of the whole when nobody writes any more.
      local expire_at = math.floor(now + retention * 1.25)
      redis.call('XTRIM', history, 'MINID', '~', string.format('%d', now - retention))
      redis.call('PEXPIREAT', history, math.floor(expire_at + retention))
      redis.call('HSET', client, 'expire_at', expire_at)
    end
    appended[i] = answer(ms, seq, unread, gateways)
  end
end
return appended
