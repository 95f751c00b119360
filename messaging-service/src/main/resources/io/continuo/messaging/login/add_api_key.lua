-- Lists one more API key of a user.
-- KEYS[1]  hash of the user's API keys
-- ARGV[1]  how many there may be
-- ARGV[2]  id
-- ARGV[3]  what is to be known of it
-- Returns 1, or 0 when there are too many.
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[1]) then
    return 0
end
return redis.call('HSETNX', KEYS[1], ARGV[2], ARGV[3])
