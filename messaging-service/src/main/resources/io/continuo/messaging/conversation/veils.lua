-- What a user does not see of a conversation, though others do. A hash has, for each user whom it concerns,
-- '<up to> <below> <hidden> <away>': nothing up to a position, where so many messages are left; of what is newer not so many
-- messages, which stand in a sorted set; and, while away is 1, the conversation itself neither.
local function veil_from(text)
  local up_to, below, hidden, away = string.match(text or '0 0 0 0', '(%d+) (%d+) (%d+) (%d)')
  return {up_to = tonumber(up_to), below = tonumber(below), hidden = tonumber(hidden), away = away == '1'}
end

local function veil_of(veils, user)
  return veil_from(redis.call('HGET', veils, user))
end

local function keep_veil(veils, user, veil)
  redis.call('HSET', veils, user,
    string.format('%d %d %d %d', veil.up_to, veil.below, veil.hidden, veil.away and 1 or 0))
end

-- How a hidden message stands in the sorted set: all of one user's lie together, in the order of the messages.
local function hidden_name(user, number)
  return #user .. ':' .. user .. ':' .. string.format('%012d', number)
end

local function is_veiled(veil, hidden_key, user, position, step)
  return position <= veil.up_to
    or veil.hidden > 0 and redis.call('ZSCORE', hidden_key, hidden_name(user, position / step)) ~= false
end

-- The id of the newest message that a user sees, or ''.
local function newest_seen(messages_key, hidden_key, user, veil, step)
  local before, count = '+', veil.hidden > 0 and 20 or 1
  while true do
    local page = redis.call('XREVRANGE', messages_key, before, '-', 'COUNT', count)
    for _, entry in ipairs(page) do
      local position = tonumber(string.match(entry[1], '^%d+'))
      if position <= veil.up_to then
        return ''
      end
      if not is_veiled(veil, hidden_key, user, position, step) then
        return entry[2][2]
      end
    end
    if #page < count then
      return ''
    end
    before = '(' .. page[#page][1]
  end
end
