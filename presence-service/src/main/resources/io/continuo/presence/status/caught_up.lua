-- What a loop may have missed.
-- KEYS[1]  as in missed.lua
-- ARGV[1]  loop
-- ARGV[2]  what it was told last time, and has caught up with; it may have missed more since
-- Returns since when and how often noted, or nothing.
local missed = redis.call('HGET', KEYS[1], ARGV[1])
if missed and missed == ARGV[2] then
    redis.call('HDEL', KEYS[1], ARGV[1])
    return false
end
return missed
