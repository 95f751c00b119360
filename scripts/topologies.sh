#!/usr/bin/env bash
# The larger suite (the services' integration tests, all operations by REST and socket, the story of docs/protocol.md,
# resumption under fire) on Redis in each of its shapes. Needs redis-server and redis-cli, or those of Valkey, on the PATH.
#   scripts/topologies.sh                     all that this machine can
#   scripts/topologies.sh cluster sentinel    some
# One of them is also: ./test -Dtopology=cluster
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/java.sh
java=$(find_java)

suite='io/continuo/messaging/**/*IT,io/continuo/presence/**/*Test,StateIT,ParityIT,AppsIT,PartChangesIT,ProtocolGuideIT'
suite+=',RecoveryHammerIT'

shapes=("$@")
if [ $# -eq 0 ]; then
  command -v redis-server >/dev/null && shapes+=(standalone secured sentinel cluster)
  if command -v valkey-server >/dev/null; then
    shapes+=(valkey valkey-sentinel valkey-cluster)
  else
    echo "Missing: valkey-server. Left out: Valkey." >&2
  fi
fi

failed=()
for shape in "${shapes[@]}"; do
  echo "== $shape" >&2
  maven "$java" -q --batch-mode -Pquick -pl messaging-service,presence-service,standalone -am test -Djacoco.skip=true \
    -Dtest="$suite" -Dsurefire.failIfNoSpecifiedTests=false -Dtopology="$shape" || failed+=("$shape")
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "Failed on: ${failed[*]}" >&2
  exit 1
fi
echo "All passed on: ${shapes[*]}" >&2
