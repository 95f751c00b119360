-- Changes metadata and participants, all steps or none.
-- KEYS: conversation, participants, former participants, changes, stamp, outbox, veils
-- ARGV: user, steps as JSON, conversation as an event names it, most participants, oldest change to keep (stream id)
-- A step is {op = 'set', path, value}, {op = 'delete', path}, {op = 'metadata', value}, {op = 'add', user},
-- {op = 'remove', user} or {op = 'replace', users}.
-- Returns {1, stamp, stamp before, digest it had as a distinct one or '', steps as carried out (JSON), {removed users}},
-- {0} when nothing is to be done, {-1} or {-2} when the user may not, {-3} when a path leads through text, {-4} when there
-- would be too many participants.
local no = refusal(KEYS[1], KEYS[2], KEYS[3], ARGV[1])
if no then
  return no
end
local now = now_ms()
local metadata = cjson.decode(redis.call('HGET', KEYS[1], 'metadata') or '{}')
local people, before, number = {}, {}, 0
for _, user in ipairs(redis.call('HKEYS', KEYS[2])) do
  people[user], before[user] = true, true
  number = number + 1
end
local done, removed = {}, {}

local function add(user)
  if not people[user] then
    people[user] = true
    number = number + 1
    done[#done + 1] = {op = 'add', user = user}
  end
end

local function remove(user)
  if people[user] then
    people[user] = nil
    number = number - 1
    done[#done + 1] = {op = 'remove', user = user}
  end
end

-- The table that holds the last key of a path, or nil where there is none; false where text is in the way.
local function holder(path, create)
  local at = metadata
  for i = 1, #path - 1 do
    if at[path[i]] == nil then
      if not create then
        return nil
      end
      at[path[i]] = {}
    end
    at = at[path[i]]
    if type(at) ~= 'table' then
      return false
    end
  end
  return at
end

for _, step in ipairs(cjson.decode(ARGV[2])) do
  if step.op == 'add' then
    add(step.user)
  elseif step.op == 'remove' then
    remove(step.user)
  elseif step.op == 'replace' then
    local wanted = {}
    for _, user in ipairs(step.users) do
      wanted[user] = true
    end
    for user in pairs(people) do
      if not wanted[user] then
        remove(user)
      end
    end
    for _, user in ipairs(step.users) do
      add(user)
    end
  elseif step.op == 'metadata' then
    metadata = step.value
    done[#done + 1] = step
  else
    local at = holder(step.path, step.op == 'set')
    if at == false then
      return {-3}
    end
    if at then
      at[step.path[#step.path]] = step.value
      done[#done + 1] = step
    end
  end
end

-- Who is added and removed again, or the other way round, is not changed.
local net, last = {}, {}
for i, step in ipairs(done) do
  if step.user then
    last[step.user] = i
  end
end
for i, step in ipairs(done) do
  local settled = step.user and (last[step.user] ~= i or before[step.user] == people[step.user])
  if not settled then
    net[#net + 1] = step
  end
end
done = net

if #done == 0 then
  return {0}
end
if number > tonumber(ARGV[4]) then
  return {-4}
end
redis.call('HSET', KEYS[1], 'metadata', cjson.encode(metadata))
local moved = false
for _, step in ipairs(done) do
  if step.op == 'add' and people[step.user] then
    redis.call('HSETNX', KEYS[2], step.user, now)
    redis.call('HDEL', KEYS[3], step.user)
    local veil = veil_of(KEYS[7], step.user)
    if veil.away then
      veil.away = false
      keep_veil(KEYS[7], step.user, veil)
    end
    moved = true
  elseif step.op == 'remove' and not people[step.user] then
    redis.call('HDEL', KEYS[2], step.user)
    local stands, veil = redis.call('HMGET', KEYS[1], 'position', 'count'), veil_of(KEYS[7], step.user)
    redis.call('HSET', KEYS[3], step.user, stands[1] .. ' ' .. string.format('%d', stands[2] - veil.below - veil.hidden))
    removed[#removed + 1] = step.user
    moved = true
  end
end
local digest = ''
if moved then
  -- Other people, another conversation: it is distinct no more (protocol/layer.md 7.2).
  digest = redis.call('HGET', KEYS[1], 'digest')
  redis.call('HSET', KEYS[1], 'digest', '')
end
local stamp, stamp_before = next_stamp(KEYS[5], now)
local steps = cjson.encode(done)
redis.call('XTRIM', KEYS[4], 'MINID', '~', ARGV[5])
redis.call('XADD', KEYS[4], stamp_id(stamp), 'by', ARGV[1], 'steps', steps)
redis.call('XADD', KEYS[6], stamp_id(stamp), 'e', 'p:' .. ARGV[3] .. ':' .. string.format('%d', stamp))
return {1, stamp, stamp_before, digest, steps, removed}
