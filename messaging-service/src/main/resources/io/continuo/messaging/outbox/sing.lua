-- Puts a canary's song into the outbox, as every change is put there.
-- KEYS: stamp, outbox
-- ARGV: outbox entry
-- Returns {stamp, stamp before}
local stamp, before = to_outbox(KEYS[1], KEYS[2], now_ms(), ARGV[1])
return {stamp, before}
