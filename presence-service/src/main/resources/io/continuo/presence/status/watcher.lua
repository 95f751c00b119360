-- Where a watcher is, and of which users' changes it may hear: whom it follows and has not blocked.
-- KEYS[1]  the watcher's client hash
-- KEYS[2]  sorted set: whom the watcher follows
-- KEYS[3]  hash of the watcher's own presence
-- ARGV     the users
-- Returns { its loops, 1 or 0 for each user: whether it may hear }; nothing when it does not watch, and has not done so
-- a moment ago.
if redis.call('HEXISTS', KEYS[3], 'lease') == 0 then
    return false
end
local may = {}
for i, user in ipairs(ARGV) do
    local follows = redis.call('ZSCORE', KEYS[2], user)
    may[i] = follows and redis.call('HEXISTS', KEYS[1], 'b:' .. user) == 0 and 1 or 0
end
return { redis.call('HGET', KEYS[1], 'loops') or '', may }
