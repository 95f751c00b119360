-- Changes whom a user has blocked. Each blocked user is a field of the client hash too, so that the append script finds
-- out along with the rest.
-- KEYS: blocks, client
-- ARGV: 'add', user or 'remove', user or 'clear', '', and so on, in this order
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 1, #ARGV, 2 do
  local user = ARGV[i + 1]
  if ARGV[i] == 'add' then
    redis.call('ZADD', KEYS[1], 'NX', now, user)
    redis.call('HSET', KEYS[2], 'b:' .. user, 1)
  elseif ARGV[i] == 'remove' then
    redis.call('ZREM', KEYS[1], user)
    redis.call('HDEL', KEYS[2], 'b:' .. user)
  else
    for _, blocked in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
      redis.call('HDEL', KEYS[2], 'b:' .. blocked)
    end
    redis.call('DEL', KEYS[1])
  end
end
return 1
