-- Takes a login away from a user.
-- KEYS[1]  hash of the login
-- ARGV[1]  user
if redis.call('HGET', KEYS[1], 'user') == ARGV[1] then
    return redis.call('DEL', KEYS[1])
end
return 0
