-- Moves a user's status of an announcement forward, never back, or takes the announcement away from the user.
-- KEYS: announcements, receipts, client, changes
-- ARGV: announcement, status or '' to take it away, most changes to keep, how long to keep them (ms)
-- Returns the number of the user's newest change, whether or not this was one, or -1 when the user has no such
-- announcement.
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  return -1
end
if ARGV[2] == '' then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1])
  return note_change(KEYS[3], KEYS[4], 'dismissed', ARGV[1], ARGV[3], ARGV[4])
end
local reached = redis.call('HGET', KEYS[2], ARGV[1])
if reached == ARGV[2] or reached == 'READ' then
  return newest_change(KEYS[3])
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return note_change(KEYS[3], KEYS[4], ARGV[2] == 'READ' and 'read' or 'received', ARGV[1], ARGV[3], ARGV[4])
