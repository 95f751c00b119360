-- Shared by the scripts that change the parts of a message: stores them as the next version, if the version that they were
-- made from is still the newest. Returns 1, 0 when it is not, -3 when the message is gone.
local function edit(messages_key, edits_key, position, version, now, parts)
  if #redis.call('XRANGE', messages_key, position .. '-0', position .. '-0') == 0 then
    return -3
  end
  local newest = string.match(redis.call('HGET', edits_key, position) or '0 ', '^(%d+) ')
  if newest ~= version then
    return 0
  end
  redis.call('HSET', edits_key, position, string.format('%d %s %s', newest + 1, now, parts))
  return 1
end
