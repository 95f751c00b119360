-- The gateway loops that hold a connection of a client stand in one field of the client hash, '<loop>=<token> …', so
-- that the append script reads them along with the rest.

-- All but one loop, and the token of that one or nil.
local function without(loops, loop)
  local kept, token = {}, nil
  for entry in string.gmatch(loops or '', '%S+') do
    if string.sub(entry, 1, #loop + 1) == loop .. '=' then
      token = tonumber(string.sub(entry, #loop + 2))
    else
      kept[#kept + 1] = entry
    end
  end
  return kept, token
end
