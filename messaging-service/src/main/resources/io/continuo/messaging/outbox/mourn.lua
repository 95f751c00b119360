-- Has the stamps of a partition go on after one that was given and that Redis has lost, whatever the clock says, and puts
-- into the outbox whom to tell of the loss.
-- KEYS: stamp, outbox
-- ARGV: newest stamp that was ever given, then outbox entries
if tonumber(redis.call('GET', KEYS[1]) or '0') < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1])
end
for i = 2, #ARGV do
  to_outbox(KEYS[1], KEYS[2], now_ms(), ARGV[i])
end
return 1
