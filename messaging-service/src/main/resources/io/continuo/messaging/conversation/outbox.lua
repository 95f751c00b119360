-- Shared by the scripts that accept a change: puts an entry into the partition's outbox.
-- A stamp is Redis time in 1/1024 ms, pushed forward where needed so that stamps of a partition only grow, also when
-- the clock does not. The entry's stream id is the stamp; it tells the one before it, so that a reader sees when Redis
-- came back with less than it held. Returns the stamp and the one before it.
local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function next_stamp(stamp_key, now)
  local before = tonumber(redis.call('GET', stamp_key) or '0')
  local stamp = math.max(now * 1024, before + 1)
  redis.call('SET', stamp_key, string.format('%d', stamp))
  return stamp, before
end

local function stamp_id(stamp)
  return string.format('%d-%d', math.floor(stamp / 1024), stamp % 1024)
end

local function to_outbox(stamp_key, outbox_key, now, entry)
  local stamp, before = next_stamp(stamp_key, now)
  redis.call('XADD', outbox_key, stamp_id(stamp), 'e', entry, 'b', string.format('%d', before))
  return stamp, before
end

-- The app of a user or of a backend: what stands before the separator, see UserId.
local function app_of(user)
  return string.match(user, '^(.-)\31') or ''
end

-- Whether it is an app's backend, which may do everything in the conversations that the app or its users have created.
local function is_backend(user)
  return string.byte(user, -1) == 31
end

-- Why somebody may not: -2 who took part once, -1 who never did.
local function refused(former_key, user)
  return {redis.call('HEXISTS', former_key, user) == 1 and -2 or -1}
end

-- As refused, but for who takes part and for the backend of the conversation's app: nil, they may.
local function refusal(conversation_key, participants_key, former_key, user)
  if is_backend(user) then
    local creator = redis.call('HGET', conversation_key, 'creator')
    if creator and app_of(creator) == app_of(user) then
      return nil
    end
    return {-1}
  end
  if redis.call('HEXISTS', participants_key, user) == 1 then
    return nil
  end
  return refused(former_key, user)
end
