-- Takes a message out of the sight of some who were not told of it, since they have blocked its sender; may be repeated.
-- KEYS: veils, hidden messages, messages
-- ARGV: position, step between positions, then the users
local position, step = tonumber(ARGV[1]), tonumber(ARGV[2])
if #redis.call('XRANGE', KEYS[3], ARGV[1] .. '-0', ARGV[1] .. '-0') == 0 then
  return 0
end
for i = 3, #ARGV do
  local veil = veil_of(KEYS[1], ARGV[i])
  if position > veil.up_to and redis.call('ZADD', KEYS[2], 0, hidden_name(ARGV[i], position / step)) == 1 then
    veil.hidden = veil.hidden + 1
    keep_veil(KEYS[1], ARGV[i], veil)
  end
end
return 1
