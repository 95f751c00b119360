-- A connection wants to hear of those whom the user follows. From now on the user has a lease, though perhaps none that
-- lasts: then the user is still to be put among the watchers of others.
-- ARGV[2]  connection
-- ARGV[3]  its gateway loop
watch(ARGV[2], ARGV[3])
return settle()
