-- Gives a login to a user.
-- KEYS[1]  hash of the login
-- ARGV[1]  user
-- ARGV[2]  what is stored of the password, or "" to leave it
-- ARGV[3]  1 when one may log in, 0 when it is not activated
-- Returns 1, 0 when it is another user's, or -1 when there is no password yet.
local user = redis.call('HGET', KEYS[1], 'user')
if user and user ~= ARGV[1] then
    return 0
end
if ARGV[2] == '' and not user then
    return -1
end
redis.call('HSET', KEYS[1], 'user', ARGV[1], 'active', ARGV[3])
if ARGV[2] ~= '' then
    redis.call('HSET', KEYS[1], 'password', ARGV[2])
end
return 1
