-- Forgets a visit.
-- KEYS[1]  hash of the visit
-- Returns the loop that had it, or nothing.
local home = redis.call('HGET', KEYS[1], 'home')
redis.call('DEL', KEYS[1])
return home
