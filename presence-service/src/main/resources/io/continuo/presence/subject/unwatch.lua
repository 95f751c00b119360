-- Lets a gateway loop watch a subject no more.
-- KEYS[1]  hash of the subject
-- ARGV[1]  the loop
-- ARGV[2]  a newer token of the loop stays
local loops = redis.call('HGET', KEYS[1], 'loops')
if not loops then
    return 0
end
local kept = {}
local found = 0
for loop, token in loops:gmatch('([^ =]+)=(%d+)') do
    if loop == ARGV[1] and tonumber(token) <= tonumber(ARGV[2]) then
        found = 1
    else
        kept[#kept + 1] = loop .. '=' .. token
    end
end
if found == 1 then
    if #kept == 0 then
        redis.call('HDEL', KEYS[1], 'loops')
    else
        redis.call('HSET', KEYS[1], 'loops', table.concat(kept, ' '))
    end
end
return found
