-- Changes metadata and participants, all steps or none.
-- KEYS: conversation, participants, former participants, changes, stamp, outbox, veils
-- ARGV: user, steps as JSON, conversation as an event names it, most participants, oldest change to keep (stream id),
--       '1' when the user need not take part
-- A step is {op = 'set', path, value}, {op = 'delete', path}, {op = 'metadata', value}, {op = 'add', user},
-- {op = 'remove', user}, {op = 'replace', users} or, for a channel, {op = 'name', value, digest}.
-- Returns {1, stamp, stamp before, digest that it had as a distinct one or of its name before, or '', steps as carried out
-- (JSON)}, {0} when nothing is to be done, {-1} or {-2} when the user may not, {-3} when a path leads through text, {-4} when
-- there would be too many participants.
local own = redis.call('HMGET', KEYS[1], 'metadata', 'digest', 'name')
if not own[2] then
  return {-1}
end
local no = ARGV[6] ~= '1' and refusal(KEYS[1], KEYS[2], KEYS[3], ARGV[1])
if no then
  return no
end
local now = now_ms()
local metadata = cjson.decode(own[1] or '{}')
local is_channel = own[3]
local number = redis.call('HLEN', KEYS[2])
local was, is, touched = {}, {}, {}
local done, digest = {}, ''

local function takes_part(user)
  if is[user] == nil then
    was[user] = redis.call('HEXISTS', KEYS[2], user) == 1
    is[user] = was[user]
    touched[#touched + 1] = user
  end
  return is[user]
end

local function add(user)
  if not takes_part(user) then
    is[user] = true
    number = number + 1
  end
end

local function remove(user)
  if takes_part(user) then
    is[user] = false
    number = number - 1
  end
end

-- The table that holds the last key of a path, made with all that leads to it; false where text is in the way.
local function holder(path)
  local at = metadata
  for i = 1, #path - 1 do
    if at[path[i]] == nil then
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
      add(user)
    end
    for _, user in ipairs(redis.call('HKEYS', KEYS[2])) do
      takes_part(user)
    end
    for _, user in ipairs(touched) do
      if not wanted[user] then
        remove(user)
      end
    end
  elseif step.op == 'name' then
    if step.digest ~= own[2] then
      own[3], digest, own[2] = step.value, own[2], step.digest
      done[#done + 1] = {op = 'name', value = step.value}
    end
  elseif step.op == 'metadata' then
    metadata = step.value
    done[#done + 1] = step
  else
    local at = holder(step.path)
    if not at then
      return {-3}
    end
    at[step.path[#step.path]] = step.value
    done[#done + 1] = step
  end
end

-- Who came and went in the same change was never there.
local moved = {}
for _, user in ipairs(touched) do
  if is[user] ~= was[user] then
    moved[#moved + 1] = user
    done[#done + 1] = {op = is[user] and 'add' or 'remove', user = user}
  end
end
if #done == 0 then
  return {0}
end
if number > tonumber(ARGV[4]) then
  return {-4}
end
redis.call('HSET', KEYS[1], 'metadata', cjson.encode(metadata))
if is_channel then
  redis.call('HSET', KEYS[1], 'name', own[3], 'digest', own[2])
end
for _, user in ipairs(moved) do
  if is[user] then
    redis.call('HSET', KEYS[2], user, now)
    redis.call('HDEL', KEYS[3], user)
    local veil = veil_of(KEYS[7], user)
    if veil.away then
      veil.away = false
      keep_veil(KEYS[7], user, veil)
    end
  else
    redis.call('HDEL', KEYS[2], user)
    if not is_channel then
      local stands, veil = redis.call('HMGET', KEYS[1], 'position', 'count'), veil_of(KEYS[7], user)
      local seen = string.format('%d', stands[2] - veil.below - veil.hidden)
      redis.call('HSET', KEYS[3], user, stands[1] .. ' ' .. seen)
    end
  end
end
if #moved > 0 and not is_channel then
  -- Other people, another conversation: it is distinct no more (protocol/layer.md 7.2).
  digest = own[2]
  redis.call('HSET', KEYS[1], 'digest', '')
end
local stamp, before = next_stamp(KEYS[5], now)
local steps = cjson.encode(done)
redis.call('XTRIM', KEYS[4], 'MINID', '~', ARGV[5])
redis.call('XADD', KEYS[4], stamp_id(stamp), 'by', ARGV[1], 'steps', steps)
redis.call('XADD', KEYS[6], stamp_id(stamp), 'e', 'p:' .. ARGV[3] .. ':' .. string.format('%d', stamp))
return {1, stamp, before, digest, steps}
