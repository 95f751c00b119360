#!/usr/bin/env bash
# Checks what deploy/ and docker-compose.yml ask for without starting it: the Kubernetes manifests by the schema of
# Kubernetes and by what they say of each other, and the files of Compose, HAProxy and Prometheus by the programs that will
# read them. Needs Python 3.10 or newer, which fetches the schemas once; the programs that are missing are named.
#   scripts/manifests.sh                  on the newest Kubernetes that the schemas know
#   scripts/manifests.sh 1.29 1.33        on these
set -euo pipefail
cd "$(dirname "$0")/.."
schemas=kubernetes-validate==1.37.0
tools=standalone/target/manifests

if [ ! -x "$tools/bin/kubernetes-validate" ]; then
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check "$schemas"
fi
for version in "${@:-1.37}"; do
  echo "== Kubernetes $version" >&2
  "$tools/bin/kubernetes-validate" --strict --quiet -k "$version" deploy/kubernetes/*.yaml
done
echo "== what the manifests say of each other and of Continuo" >&2
"$tools/bin/python" scripts/manifests.py deploy/kubernetes/*.yaml

# Runs a program if there is one.
check() {
  if command -v "$1" >/dev/null; then
    echo "== $*" >&2
    "$@" >&2
  else
    echo "Missing: $1. Left out: $*." >&2
  fi
}
check docker compose --profile '*' config --quiet
check haproxy -c -q -f deploy/haproxy.cfg
check promtool check config deploy/prometheus/prometheus.yml
check promtool test rules deploy/prometheus/alerts.test.yml
echo "All is well." >&2
