#!/usr/bin/env bash
# Replaces the containers of docker compose by ones of the image as it is now, while clients stay: for each role, services
# first, starts as many new ones as there are, waits until they are healthy, and stops the old ones one after another.
# (docker compose up alone would stop all old ones of a role at once.) When new ones do not get healthy, the old ones stay.
#   docker compose build && scripts/upgrade.sh
set -euo pipefail
cd "$(dirname "$0")/.."

for role in messaging-service presence-service gateway; do
  mapfile -t old < <(docker compose ps --quiet "$role")
  echo "== $role: ${#old[@]} to replace" >&2
  docker compose up --detach --wait --no-deps --no-recreate --scale "$role=$((${#old[@]} * 2))" "$role"
  for container in "${old[@]}"; do
    docker stop "$container" >/dev/null
    docker rm "$container" >/dev/null
  done
done
docker compose ps >&2
