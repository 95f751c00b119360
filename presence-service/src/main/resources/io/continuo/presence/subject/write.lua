-- Writes to subjects, to each all or nothing.
-- KEYS  of each subject three: its hash, the hash of its readings, the list of its lifecycle
-- ARGV  of each subject, one after another:
--   how many arguments of its own follow
--   1  "" when it has to exist, "*" when it need not, or the version that must be current (0: there never was one)
--   2  state, or "" to leave it
--   3  iot, or "" to leave it
--   4  what becomes of it, or ""
--   5  "=" when no other readings are to remain than those that follow, else ""
--   6  how many fields of facts follow, 2 arguments each
--   7… fields of facts and their values, then parts of the readings and their JSON
-- Returns for each 0 when it does not exist, -1 when it has another version, else
-- { version before, version now, loops that watch it, { parts of the readings that are gone by this } }; empty ones at the
-- end are left out.
local time = redis.call('TIME')
local clock = time[1] * 1000000 + time[2]
local stamp = string.format('%.0f', clock)
local keys_of = { inputs = 'sensor_id', virtual_sensors = 'sensor_id', states = 'field', counters = 'type' }

local function drop_others(readings, first, last, version)
    local given = {}
    for i = first, last, 2 do
        given[ARGV[i]] = true
    end
    local gone = {}
    for _, part in ipairs(redis.call('HKEYS', readings)) do
        if not given[part] and not redis.call('HGET', readings, part):find('^%d+%-') then
            local list, key = part:match('^([^:]+):(.*)$')
            local name = keys_of[list]
            local value = name == 'sensor_id' and key or cjson.encode(key)
            local json = '{"' .. name .. '":' .. value .. ',"value":null}'
            redis.call('HSET', readings, part, version .. '-' .. json)
            gone[#gone + 1] = part
            gone[#gone + 1] = json
        end
    end
    return gone
end

local function write(key, a, last)
    local subject, readings, lifecycle = KEYS[key], KEYS[key + 1], KEYS[key + 2]
    local known = redis.call('HMGET', subject, 'v', 'standing', 'loops')
    local base = known[1] or '0'
    if ARGV[a] == '' then
        if not known[1] or known[2] == 'GONE' then
            return 0
        end
    elseif ARGV[a] ~= '*' and ARGV[a] ~= base then
        return -1
    end
    local version = stamp
    if clock <= tonumber(base) then
        version = string.format('%.0f', tonumber(base) + 1)
    end
    local fields = { 'v', version }
    if ARGV[a + 1] ~= '' then
        fields[3], fields[4], fields[5], fields[6] = 'state', ARGV[a + 1], 'sv', version
    end
    local n = #fields
    if ARGV[a + 2] ~= '' then
        fields[n + 1], fields[n + 2], fields[n + 3], fields[n + 4] = 'iot', ARGV[a + 2], 'iv', version
        n = n + 4
    end
    local facts = 2 * tonumber(ARGV[a + 5])
    if facts > 0 then
        for i = 1, facts do
            fields[n + i] = ARGV[a + 5 + i]
        end
        n = n + facts
        fields[n + 1], fields[n + 2] = 'fv', version
        redis.call('PERSIST', subject)
        redis.call('PERSIST', readings)
        redis.call('PERSIST', lifecycle)
    end
    redis.call('HSET', subject, unpack(fields))

    local first = a + 6 + facts
    local gone = ARGV[a + 4] == '=' and drop_others(readings, first, last, version) or {}
    for i = first, last, 2 do
        redis.call('HSET', readings, ARGV[i], version .. ' ' .. ARGV[i + 1])
    end
    if ARGV[a + 3] ~= '' then
        redis.call('RPUSH', lifecycle, version .. ' ' .. ARGV[a + 3])
        redis.call('LTRIM', lifecycle, -32, -1)
    end
    if #gone > 0 then
        return { base, version, known[3] or '', gone }
    elseif known[3] then
        return { base, version, known[3] }
    end
    return { base, version }
end

local answers = {}
local at = 1
for key = 1, #KEYS, 3 do
    local last = at + tonumber(ARGV[at])
    answers[#answers + 1] = write(key, at + 1, last)
    at = last + 1
end
return answers
