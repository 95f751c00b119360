-- How a user is, as it was brought up to date last.
-- KEYS[1]  hash of the user's presence
-- Returns the whole hash as a list.
return redis.call('HGETALL', KEYS[1])
