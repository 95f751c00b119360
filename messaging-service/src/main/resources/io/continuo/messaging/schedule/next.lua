-- The scheduled message for which something is to be done next.
-- KEYS: schedule, scheduled
-- Returns {} when there is none, else {ms from now, message id, ms from now until it is to be sent, ms of typing before that,
-- request as JSON or '' when it is gone}.
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
if #first == 0 then
  return {}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('HGET', KEYS[2], first[1])
local due, typing, request = '0', '0', ''
if kept then
  due, typing, request = string.match(kept, '^(%d+) (%d+) (.*)$')
end
return {tonumber(first[2]) - now, first[1], tonumber(due) - now, tonumber(typing), request}
