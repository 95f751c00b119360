-- A user stands among the watchers of all whom the user follows.
-- KEYS[1]  hash of the user's presence
-- ARGV[1]  until when, in milliseconds since the epoch
if tonumber(ARGV[1]) > (tonumber(redis.call('HGET', KEYS[1], 'lease')) or 0) then
    redis.call('HSET', KEYS[1], 'lease', ARGV[1])
end
return 1
