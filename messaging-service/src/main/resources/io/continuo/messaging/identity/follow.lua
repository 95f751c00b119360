-- A user follows others, or does so no more.
-- KEYS: following, client, changes
-- ARGV: 'follow' or 'unfollow', most changes to keep, how long to keep them (ms), other, other, …
-- Returns the number of the user's newest change, whether or not this was one.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local number = newest_change(KEYS[2])
for i = 4, #ARGV do
  local moved
  if ARGV[1] == 'follow' then
    moved = redis.call('ZADD', KEYS[1], 'NX', now, ARGV[i])
  else
    moved = redis.call('ZREM', KEYS[1], ARGV[i])
  end
  if moved == 1 then
    number = note_change(KEYS[2], KEYS[3], ARGV[1], ARGV[i], ARGV[2], ARGV[3])
  end
end
return number
