-- Takes somebody from among the watchers of a user, unless put there anew.
-- KEYS[1]  sorted set: watchers of the user, by the end of their lease
-- ARGV[1]  watcher
-- ARGV[2]  leases that end before this go
local ends = redis.call('ZSCORE', KEYS[1], ARGV[1])
if ends and tonumber(ends) < tonumber(ARGV[2]) then
    return redis.call('ZREM', KEYS[1], ARGV[1])
end
return 0
