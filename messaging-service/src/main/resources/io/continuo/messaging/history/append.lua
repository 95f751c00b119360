-- Appends one event to the histories of several clients, once: a stamp that a client has taken from the partition
-- before is not taken again. The hottest script there is, so it spares Redis every command and every byte it can.
-- KEYS: for each client: history, client
-- ARGV: field of the partition in the client hash, stamp, event, field of the conversation's unread count or '',
--       longest history, retention in ms, field that a client has who has blocked the sender or '',
--       then for each client: 's' two packets, 'u' two packets and unread + 1, 'r' two packets and unread - 1,
--       '=<n>' two packets and unread n, '-<n>' two packets and unread - n, 'o' one packet, 'g' one packet and no unread
--       count any more
-- Returns for each client '<position> <unread> <loops>', the loops as they stand in the client hash. The unread count is
-- -1 where the event does not touch it; -2 when the stamp was taken before, and the position is then the tail; -3 when the
-- client has blocked the sender, and nothing is appended.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local stamp, retention = tonumber(ARGV[2]), tonumber(ARGV[6])
local format, find, sub = string.format, string.find, string.sub
local field = ARGV[4] == '' and 'e' or sub(ARGV[4], 3)
local answers = {}
for i = 1, #KEYS / 2 do
  local history, client = KEYS[2 * i - 1], KEYS[2 * i]
  local known = redis.call('HMGET', client, 'tail', 'loops', ARGV[1], ARGV[4], ARGV[7])
  local tail, loops = known[1] or '0-0', known[2] or ''
  if known[3] and tonumber(known[3]) >= stamp then
    answers[i] = tail .. ' -2 ' .. loops
  elseif known[5] then
    answers[i] = tail .. ' -3 ' .. loops
  else
    local dash = find(tail, '-', 1, true)
    local before, seq = tonumber(sub(tail, 1, dash - 1)), tonumber(sub(tail, dash + 1))
    local way, number = ARGV[7 + i], nil
    if #way > 1 then
      way, number = sub(way, 1, 1), tonumber(sub(way, 2))
    end
    local ms = now > before and now or before
    seq = seq + ((way == 'o' or way == 'g') and 1 or 2)
    local id = format('%d-%d', ms, seq)
    local event, unread = ARGV[3], '-1'
    if way == 'u' or way == 'r' or number then
      local count = number
      if way ~= '=' then
        count = tonumber(known[4] or '0') + (way == 'u' and 1 or -(number or 1))
      end
      unread = format('%d', count > 0 and count or 0)
      event = unread .. event
      redis.call('HSET', client, 'tail', id, ARGV[1], ARGV[2], ARGV[4], unread)
    else
      redis.call('HSET', client, 'tail', id, ARGV[1], ARGV[2])
      if way == 'g' then
        redis.call('HDEL', client, ARGV[4])
      end
    end
    if seq % 64 < 2 then
      redis.call('XADD', history, 'MAXLEN', '~', ARGV[5], id, field, event)
    else
      redis.call('XADD', history, id, field, event)
    end
    local quarter = retention / 4
    if math.floor(before / quarter) ~= math.floor(ms / quarter) then
      -- The first event in a quarter of the retention: let go of what is old, and of all when nothing comes any more.
      redis.call('XTRIM', history, 'MINID', '~', format('%d', now - retention))
      redis.call('PEXPIREAT', history, format('%d', now + 1.5 * retention))
    end
    answers[i] = id .. ' ' .. unread .. ' ' .. loops
  end
end
return answers
