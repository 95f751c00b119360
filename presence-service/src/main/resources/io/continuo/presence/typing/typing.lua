-- Notes what a user does at the keyboard of one conversation.
-- KEYS[1]  hash: conversation -> "<state> <version>"
-- ARGV[1]  conversation
-- ARGV[2]  the new state
-- ARGV[3]  for how many microseconds a repetition is ignored
-- ARGV[4]  after how many milliseconds without any news all is forgotten
-- Returns the new version (microseconds, and it only grows), or 0 when nothing was noted.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local last = redis.call('HGET', KEYS[1], ARGV[1])
if last then
    local state, version = last:match('^(%a+) (%d+)$')
    local since = now - tonumber(version)
    if state == ARGV[2] and since >= 0 and since < tonumber(ARGV[3]) then
        return 0
    end
    now = math.max(now, tonumber(version) + 1)
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return now
