#!/usr/bin/env bash
# Takes the pictures of this folder anew from a demo that runs to its end: docs/console/screenshots.sh [OPTIONS OF THE DEMO]
# Needs Debian's packages chromium and fonts-inter. SCREENSHOTS_USER names whom to look up, such as u00012 of the simulated shop.
set -euo pipefail
cd "$(dirname "$0")/../.."

command -v chromium >/dev/null || { echo "chromium is needed: apt-get install chromium fonts-inter" >&2; exit 1; }
mvn -q -B -pl console -am test-compile # before the demo starts, so that nothing changes under it

log="$(mktemp)"
./coldstream demo --keep-running "$@" >"$log" 2>&1 &
demo=$!
trap 'kill "$demo" 2>/dev/null; wait "$demo" || true; rm -f "$log"' EXIT

until grep -q "everything stays up" "$log"; do
  kill -0 "$demo" 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 2
done
console="$(sed -nE 's#^ *console +(http://[^ ]+).*#\1#p' "$log" | head -1)"

mvn -q -B -o -pl console -am test -Dtest=Screenshots -Dsurefire.failIfNoSpecifiedTests=false \
  -Dscreenshots.of="$console" -Dscreenshots.to="$PWD/docs/console" -Dscreenshots.user="${SCREENSHOTS_USER:-1}"
ls -l docs/console/*.png
