-- Lets a gateway loop watch a subject, and reads it if it is not as the loop knows it. One that is not there is not watched.
-- KEYS[1]  hash of the subject
-- KEYS[2]  hash of its readings
-- KEYS[3]  list of its lifecycle
-- ARGV[1]  the loop, or "" to only read
-- ARGV[2]  the loop's token
-- ARGV[3]  the version that the loop knows
-- Returns nil when the version is the same, else { the subject's hash, that of its readings, its lifecycle }, as lists.
local known = redis.call('HMGET', KEYS[1], 'v', 'standing', 'loops')
if ARGV[1] ~= '' and known[1] and known[2] ~= 'GONE' then
    local loops = known[3] or ''
    local kept = {}
    local same = false
    for loop, token in loops:gmatch('([^ =]+)=(%d+)') do
        if loop ~= ARGV[1] then
            kept[#kept + 1] = loop .. '=' .. token
        elseif tonumber(token) >= tonumber(ARGV[2]) then
            same = true
        end
    end
    if not same then
        kept[#kept + 1] = ARGV[1] .. '=' .. ARGV[2]
        redis.call('HSET', KEYS[1], 'loops', table.concat(kept, ' '))
    end
end
if (known[1] or '0') == ARGV[3] then
    return nil
end
return {
    redis.call('HGETALL', KEYS[1]),
    redis.call('HGETALL', KEYS[2]),
    redis.call('LRANGE', KEYS[3], 0, -1)
}
