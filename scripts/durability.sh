#!/usr/bin/env bash
# What each degree of durability costs: creates messages on each, several rounds over, and prints the table of
# docs/durability.md. Needs redis-server and redis-cli on the PATH. Takes about 12 s for each of the six degrees and
# each round, of which there are three unless you say otherwise: 4 minutes.
#   scripts/durability.sh [rounds]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/java.sh
java=$(find_java)
mkdir -p standalone/target
touch standalone/target/.building
maven "$java" -q -Pquick -pl load-tests -am package -Dmaven.test.skip=true -Djacoco.skip=true
# So that ./run finds nothing to build.
mv standalone/target/.building standalone/target/.built
exec "$java/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Xmx1g \
  -cp "load-tests/target/classes:redis-farm/target/classes:standalone/target/lib/*" io.continuo.load.durability.Durability "$@"
