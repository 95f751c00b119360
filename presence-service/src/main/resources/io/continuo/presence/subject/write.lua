-- Writes to a subject, all or nothing.
-- KEYS[1]  hash of the subject
-- KEYS[2]  hash of its readings
-- KEYS[3]  list of its lifecycle
-- ARGV[1]  "" when it has to exist, "*" when it need not, or the version that must be current (0: there never was one)
-- ARGV[2]  state, or "" to leave it
-- ARGV[3]  iot, or "" to leave it
-- ARGV[4]  what becomes of it, or ""
-- ARGV[5]  "=" when no other readings are to remain than those that follow, else ""
-- ARGV[6]  how many fields of facts follow, 2 arguments each
-- ARGV[7..]  fields of facts and their values, then parts of the readings and their JSON
-- Returns nil when it does not exist, -1 when it has another version, else
-- { version before, version now, loops that watch it, { parts of the readings that are gone by this } }.
local known = redis.call('HMGET', KEYS[1], 'v', 'standing', 'loops')
local base = known[1] or '0'
local exists = known[1] and known[2] ~= 'GONE'
if ARGV[1] == '' then
    if not exists then
        return nil
    end
elseif ARGV[1] ~= '*' and ARGV[1] ~= base then
    return -1
end
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if now <= tonumber(base) then
    now = tonumber(base) + 1
end
local version = string.format('%.0f', now)
local fields = { 'v', version }
if ARGV[2] ~= '' then
    fields[#fields + 1] = 'state'
    fields[#fields + 1] = ARGV[2]
    fields[#fields + 1] = 'sv'
    fields[#fields + 1] = version
end
if ARGV[3] ~= '' then
    fields[#fields + 1] = 'iot'
    fields[#fields + 1] = ARGV[3]
    fields[#fields + 1] = 'iv'
    fields[#fields + 1] = version
end
local facts = tonumber(ARGV[6])
for i = 7, 6 + 2 * facts do
    fields[#fields + 1] = ARGV[i]
end
if facts > 0 then
    fields[#fields + 1] = 'fv'
    fields[#fields + 1] = version
    for i = 1, 3 do
        redis.call('PERSIST', KEYS[i])
    end
end
redis.call('HSET', KEYS[1], unpack(fields))

local gone = {}
local first = 7 + 2 * facts
if ARGV[5] == '=' then
    local given = {}
    for i = first, #ARGV, 2 do
        given[ARGV[i]] = true
    end
    for _, part in ipairs(redis.call('HKEYS', KEYS[2])) do
        if not given[part] and not redis.call('HGET', KEYS[2], part):find('^%d+%-') then
            local list, key = part:match('^([^:]+):(.*)$')
            local name = ({ inputs = 'sensor_id', virtual_sensors = 'sensor_id', states = 'field', counters = 'type' })[list]
            local value = name == 'sensor_id' and key or cjson.encode(key)
            local json = '{"' .. name .. '":' .. value .. ',"value":null}'
            redis.call('HSET', KEYS[2], part, version .. '-' .. json)
            gone[#gone + 1] = part
            gone[#gone + 1] = json
        end
    end
end
for i = first, #ARGV, 2 do
    redis.call('HSET', KEYS[2], ARGV[i], version .. ' ' .. ARGV[i + 1])
end
if ARGV[4] ~= '' then
    redis.call('RPUSH', KEYS[3], version .. ' ' .. ARGV[4])
    redis.call('LTRIM', KEYS[3], -32, -1)
end
return { base, version, known[3] or '', gone }
