-- Counts an attempt to log in, before it is known whether it succeeds.
-- KEYS[1]  counter of the login
-- ARGV[1]  how many are let through in a while
-- ARGV[2]  the while, ms
-- Returns 1 when it is let through, else 0.
local count = redis.call('INCR', KEYS[1])
if count == 1 or redis.call('PTTL', KEYS[1]) < 0 then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return count <= tonumber(ARGV[1]) and 1 or 0
