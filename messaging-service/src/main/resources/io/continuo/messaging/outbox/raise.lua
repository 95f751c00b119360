-- Has the stamps of a partition go on after one that was given and that Redis has lost, whatever the clock says.
-- KEYS: stamp
-- ARGV: newest stamp that was ever given
if tonumber(redis.call('GET', KEYS[1]) or '0') < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1])
end
return 1
