-- Notes what is shown of a user from now on, unless a connection has come, spoken or gone meanwhile: then whoever
-- noted that decides what is shown.
-- KEYS[1]    hash of the user's presence
-- ARGV[1]    the version that must still be current
-- ARGV[2]    status to show
-- ARGV[3]    when the user was seen last, in milliseconds, or "" for never
-- ARGV[4]    now, in milliseconds
-- ARGV[5..]  connections of dead nodes, to be forgotten
-- Returns 1 when noted, else 0.
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then
    return 0
end
redis.call('HSET', KEYS[1], 'shown', ARGV[2], 'changed', ARGV[4])
if ARGV[3] ~= '' then
    redis.call('HSET', KEYS[1], 'seen', ARGV[3])
end
for i = 5, #ARGV do
    redis.call('HDEL', KEYS[1], 'c:' .. ARGV[i])
end
return 1
