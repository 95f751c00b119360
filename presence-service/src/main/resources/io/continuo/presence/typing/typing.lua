-- Notes what a user does at the keyboard of one conversation.
-- KEYS[1]  hash: conversation -> "<state> <version>"
-- ARGV[1]  conversation
-- ARGV[2]  the new state
-- ARGV[3]  the version that must still be current, or "" when the user speaks
-- ARGV[4]  for how many microseconds a repetition by the user is ignored
-- ARGV[5]  after how many milliseconds without any news all is forgotten
-- Returns the new version (microseconds, so that it only grows), or 0 when nothing was noted.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local last = redis.call('HGET', KEYS[1], ARGV[1])
if last then
    local state, version = last:match('^(%a+) (%d+)$')
    if ARGV[3] ~= '' and ARGV[3] ~= version then
        return 0
    end
    local since = now - tonumber(version)
    if ARGV[3] == '' and state == ARGV[2] and since >= 0 and since < tonumber(ARGV[4]) then
        return 0
    end
elseif ARGV[3] ~= '' then
    return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return now
