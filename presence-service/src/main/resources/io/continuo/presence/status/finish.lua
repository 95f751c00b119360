-- Users are looked after: this goes, or stays until a later time, unless it was planned anew meanwhile.
-- KEYS[1]  sorted set: users by when they are to be looked after
-- ARGV     user, the time that it was planned for, the next time or 0, and so on
for i = 1, #ARGV, 3 do
    local due = redis.call('ZSCORE', KEYS[1], ARGV[i])
    local next = tonumber(ARGV[i + 2])
    if due and tonumber(due) == tonumber(ARGV[i + 1]) then
        if next > 0 then
            redis.call('ZADD', KEYS[1], next, ARGV[i])
        else
            redis.call('ZREM', KEYS[1], ARGV[i])
        end
    elseif next > 0 then
        redis.call('ZADD', KEYS[1], 'LT', next, ARGV[i])
    end
end
return 1
