-- Sets how long an app's sessions live, and remembers the longest that was ever set.
-- KEYS: app
-- ARGV: seconds
redis.call('HSET', KEYS[1], 'ttl', ARGV[1])
local longest = redis.call('HGET', KEYS[1], 'longest')
if not longest or tonumber(longest) < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'longest', ARGV[1])
end
return 1
