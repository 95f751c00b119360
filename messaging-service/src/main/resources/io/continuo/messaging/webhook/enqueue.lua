-- Keeps the events of one change for the webhooks that want them, once: a stamp that was taken for a webhook before is
-- not taken again.
-- KEYS: stamps of the webhooks, then for each webhook: what is pending for it
-- ARGV: stamp, most entries pending for one webhook, then for each webhook: id, number of events, for each event:
--       conversation, type, event id, body
-- Returns how many of the oldest entries had to go. An entry's id is the stamp, split in milliseconds and 1/262144 ms.
local stamp, most, at, dropped = tonumber(ARGV[1]), tonumber(ARGV[2]), 3, 0
for i = 2, #KEYS do
  local webhook, events = ARGV[at], tonumber(ARGV[at + 1])
  at = at + 2
  local taken = redis.call('HGET', KEYS[1], webhook)
  if not taken or tonumber(taken) < stamp then
    redis.call('HSET', KEYS[1], webhook, ARGV[1])
    for n = 0, events - 1 do
      local id = string.format('%d-%d', math.floor(stamp / 1024), stamp % 1024 * 256 + n)
      local from = at + 4 * n
      redis.call('XADD', KEYS[i], id, 'c', ARGV[from], 't', ARGV[from + 1], 'i', ARGV[from + 2], 'b', ARGV[from + 3])
    end
    dropped = dropped + redis.call('XTRIM', KEYS[i], 'MAXLEN', most)
  end
  at = at + 4 * events
end
return dropped
