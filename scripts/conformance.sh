#!/usr/bin/env bash
# Starts Continuo on a port of its own and lets a conformance client for RFC 6455 loose on it.
#   scripts/conformance.sh path/to/ws_conformance.py
set -euo pipefail
client=$(realpath "$1")
cd "$(dirname "$0")/.."

port=${PORT:-18099}
folder=$(mktemp -d)
CONTINUO_PORT=$port CONTINUO_ADMIN_PORT=0 CONTINUO_DATA_DIR=$folder CONTINUO_LOG_LEVEL=warn ./run >"$folder/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$folder"' EXIT

# The first start builds; give up after two minutes.
for _ in $(seq 240); do
  grep -q '^Continuo is ready' "$folder/log" && break
  kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
  sleep 0.5
done

cat >"$folder/token" <<SH
#!/bin/sh
curl -sf -X POST http://127.0.0.1:$port/dev/session -H 'Content-Type: application/json' -d '{"user_id":"conformance"}' |
  sed 's/.*"session_token":"\\([^"]*\\)".*/\\1/'
SH
chmod +x "$folder/token"

"$client" --port "$port" --mode noecho --subprotocol layer-2.0 \
  --path '/websocket?session_token={token}' --token-cmd "$folder/token" --max-message 65536 \
  --text '{"type":"request","body":{"method":"Counter.read","request_id":"r1"}}' \
  --utf8-template '{"type":"request","body":{"method":"Counter.read","request_id":"r1","data":{"v":"%s"}}}'
