# Runs "$@" and ends it as soon as the pipe on standard input closes, which the system does when the process that
# started us dies, even by kill -9. Ends with the status of what it ran.
exec 3<&0
"$@" 3<&- </dev/null &
child=$!
(
    while read -r _; do :; done <&3
    kill -TERM "$child"
) 2>/dev/null &
watcher=$!
wait "$child"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"
