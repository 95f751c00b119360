-- Reads what writes to subjects are merged with.
-- KEYS  of each subject two: its hash, the hash of its readings
-- ARGV  of each subject, one after another: 1 when its iot is wanted, else 0; how many parts of its readings; those
-- Returns for each { version, standing, state, iot, parts… }.
local answers = {}
local at = 1
for key = 1, #KEYS, 2 do
    local answer
    if ARGV[at] == '1' then
        answer = redis.call('HMGET', KEYS[key], 'v', 'standing', 'state', 'iot')
    else
        answer = redis.call('HMGET', KEYS[key], 'v', 'standing', 'state')
        answer[4] = false
    end
    local parts = tonumber(ARGV[at + 1])
    at = at + 2
    if parts > 0 then
        local found = redis.call('HMGET', KEYS[key + 1], unpack(ARGV, at, at + parts - 1))
        for i = 1, parts do
            answer[4 + i] = found[i]
        end
        at = at + parts
    end
    answers[#answers + 1] = answer
end
return answers
