-- A connection is there that we believed gone with its node.
-- ARGV[2]  connection
-- ARGV[3]  its gateway loop
-- ARGV[4]  "-" unless it has announced itself; else the status it said, or "" for what the user chose last
-- ARGV[5]  1 when it watches
if ARGV[4] ~= '-' and redis.call('HEXISTS', KEYS[1], 'c:' .. ARGV[2]) == 0 then
    local status = ARGV[4]
    if status == '' then
        status = redis.call('HGET', KEYS[1], 'chosen') or 'available'
    end
    redis.call('HSET', KEYS[1], 'c:' .. ARGV[2], status .. ' ' .. ARGV[3])
end
if ARGV[5] == '1' then
    watch(ARGV[2], ARGV[3])
end
return settle()
