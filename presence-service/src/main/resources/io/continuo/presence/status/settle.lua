-- Brings up to date how a user is: connections that have gone count for a while only.
return settle()
