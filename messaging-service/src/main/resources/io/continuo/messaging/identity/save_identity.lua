-- Puts another profile in the place of a user's, unless something of the user has changed since it was read.
-- KEYS: identity, client, changes
-- ARGV: number of the newest change when it was read, kind of the change, what it is, most changes to keep, how long to
--       keep them (ms), then field, value, … of the whole profile; none when it is deleted
-- Returns the number of the change, or -1 when something has changed since.
if newest_change(KEYS[2]) ~= tonumber(ARGV[1]) then
  return -1
end
redis.call('DEL', KEYS[1])
if #ARGV > 5 then
  redis.call('HSET', KEYS[1], unpack(ARGV, 6))
  redis.call('HDEL', KEYS[2], 'gone')
else
  redis.call('HSET', KEYS[2], 'gone', 1)
end
return note_change(KEYS[2], KEYS[3], ARGV[2], ARGV[3], ARGV[4], ARGV[5])
