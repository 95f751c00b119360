-- Some connections of a node.
-- KEYS[1]  hash: connection -> user
-- ARGV[1]  how many at most
-- Returns connection, user, connection, …
return redis.call('HRANDFIELD', KEYS[1], ARGV[1], 'WITHVALUES')
