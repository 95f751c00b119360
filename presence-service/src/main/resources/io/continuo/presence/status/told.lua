-- Everybody has been told of a change, and of all before it.
-- KEYS[1]  hash of the user's presence
-- ARGV[1]  the change's stamp
if tonumber(ARGV[1]) > (tonumber(redis.call('HGET', KEYS[1], 'told')) or 0) then
    redis.call('HSET', KEYS[1], 'told', ARGV[1])
end
return 1
