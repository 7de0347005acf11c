#!/usr/bin/env bash
# Takes the pictures of this folder anew, from a demo while it runs: docs/console/screenshots.sh [OPTIONS OF THE DEMO]
# By default a simulated shop whose tastes change halfway, so that there is something to be seen. Takes about four minutes, waits for
# an alarm, and needs Debian's packages chromium and fonts-inter. SCREENSHOTS_USER names whom to look up; otherwise one is found.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ $# -eq 0 ]; then
  set -- --data simulated-shop:60000:7 --rate 300 --drift sudden@0.5
fi
command -v chromium >/dev/null || { echo "chromium is needed: apt-get install chromium fonts-inter" >&2; exit 1; }
./coldstream --version                 # builds, before anything runs that a build would change
mvn -q -B -pl console -am test-compile

log="$(mktemp)"
./coldstream demo --keep-running --log "$log.services" "$@" >"$log" 2>&1 &
demo=$!
trap 'kill "$demo" 2>/dev/null; wait "$demo" || true; rm -f "$log" "$log.services"' EXIT

address() { sed -nE 's#^ *console +(http://[^ ]+).*#\1#p' "$log" | head -1; }
answers() { local at; at="$(address)" && [ -n "$at" ] && : <"/dev/tcp/$(echo "${at#http://}" | tr -d / | tr : /)"; }
until answers 2>/dev/null; do
  kill -0 "$demo" 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 1
done

mvn -q -B -o -pl console -am test -Dtest=Screenshots -Dsurefire.failIfNoSpecifiedTests=false \
  -Dscreenshots.of="$(address)" -Dscreenshots.to="$PWD/docs/console" -Dscreenshots.user="${SCREENSHOTS_USER:-}"
ls -l docs/console/*.png
