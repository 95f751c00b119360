-- Connections have gone with their node, and count no more.
-- ARGV[2..]  connections
for i = 2, #ARGV do
    redis.call('HDEL', KEYS[1], 'c:' .. ARGV[i])
    unwatch(ARGV[i])
end
return settle()
