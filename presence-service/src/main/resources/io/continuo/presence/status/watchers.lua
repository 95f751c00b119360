-- Who perhaps watches a user, without those whom the user has blocked.
-- KEYS[1]  sorted set: watchers of the user, by the end of their lease
-- KEYS[2]  sorted set: whom the user has blocked
-- ARGV[1]  now, in milliseconds
-- Returns watcher, end of the lease, watcher, …
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
local watchers = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
local blocked = redis.call('ZRANGE', KEYS[2], 0, -1)
if #blocked == 0 then
    return watchers
end
local hidden, rest = {}, {}
for _, user in ipairs(blocked) do
    hidden[user] = true
end
for i = 1, #watchers, 2 do
    if not hidden[watchers[i]] then
        rest[#rest + 1] = watchers[i]
        rest[#rest + 1] = watchers[i + 1]
    end
end
return rest
