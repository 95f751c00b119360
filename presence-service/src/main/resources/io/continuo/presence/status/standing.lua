-- What all scripts about one user's presence share. KEYS[1] is the hash of the user's presence, ARGV[1] for how many
-- milliseconds a connection that has gone still counts.
local RANK = { available = 0, busy = 1, away = 2, invisible = 3 }

local function redis_now()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function publicly(status)
    return status == 'invisible' and 'offline' or status
end

-- Brings up to date what is shown, and forgets connections that no longer count.
-- Returns { now, when that may change by itself or 0, the whole hash as a list }.
local function settle()
    local now, best, due, last = redis_now(), nil, 0, 0
    local flat = redis.call('HGETALL', KEYS[1])
    local fields = {}
    for i = 1, #flat, 2 do
        local name, value = flat[i], flat[i + 1]
        if string.sub(name, 1, 2) == 'c:' then
            local status, left = string.match(value, '^(%a+) %S+ ?(%d*)$')
            local ends = left == '' and 0 or tonumber(left) + ARGV[1]
            if ends > 0 and ends <= now then
                redis.call('HDEL', KEYS[1], name)
                last = math.max(last, tonumber(left))
            else
                if not best or RANK[status] < RANK[best] then
                    best = status
                end
                if ends > 0 and (due == 0 or ends < due) then
                    due = ends
                end
            end
        else
            fields[name] = value
        end
    end
    local shown = fields.shown or 'offline'
    local status = best and (fields.chosen == 'invisible' and 'invisible' or best) or 'offline'
    if status ~= shown then
        local changed = math.max(now, (tonumber(fields.changed) or 0) + 1)
        redis.call('HSET', KEYS[1], 'shown', status, 'changed', changed)
        if publicly(status) ~= publicly(shown) then
            redis.call('HSET', KEYS[1], 'public', changed)
        end
        if publicly(status) ~= 'offline' or publicly(shown) ~= 'offline' then
            redis.call('HSET', KEYS[1], 'seen', last > 0 and not best and last or now)
        end
    end
    return { now, due, redis.call('HGETALL', KEYS[1]) }
end

-- Notes that a connection watches.
local function watch(connection, loop)
    redis.call('HSET', KEYS[1], 'w:' .. connection, loop)
    redis.call('HSETNX', KEYS[1], 'lease', 0)
    redis.call('HDEL', KEYS[1], 'unwatched')
end

-- Forgets that a connection watches.
local function unwatch(connection)
    if redis.call('HDEL', KEYS[1], 'w:' .. connection) == 0 then
        return
    end
    for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
        if string.sub(name, 1, 2) == 'w:' then
            return
        end
    end
    redis.call('HSET', KEYS[1], 'unwatched', redis_now())
end
