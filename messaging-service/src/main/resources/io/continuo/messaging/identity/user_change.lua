-- Shared by the scripts that change what is kept of a user: notes a change under the next number.
-- What is noted is put into the outbox afterwards, from another slot: see announce_changes.lua.
local function newest_change(client)
  return tonumber(redis.call('HGET', client, 'changes') or '0')
end

local function note_change(client, changes, kind, what, most, keep_ms)
  local number = redis.call('HINCRBY', client, 'changes', 1)
  redis.call('XADD', changes, 'MAXLEN', '~', most, string.format('%d-0', number), kind, what)
  redis.call('PEXPIRE', changes, keep_ms)
  return number
end
