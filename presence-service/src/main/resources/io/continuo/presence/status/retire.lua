-- A user who watches no more is to be taken from among the watchers of others.
-- KEYS[1]  hash of the user's presence
-- ARGV[1]  for how many milliseconds the user may have stopped for a moment only
-- Returns now in milliseconds, or 0 when it is not to be.
local unwatched = redis.call('HGET', KEYS[1], 'unwatched')
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if not unwatched or tonumber(unwatched) + ARGV[1] > now then
    return 0
end
redis.call('HDEL', KEYS[1], 'unwatched', 'lease')
return now
