#!/usr/bin/env bash
# Writes drift.md, its charts and its figures: docs/results/drift.sh OUT_FOLDER [option of evaluate, such as --seeds 3]
# To be run where ml-latest-small is. What was written by hand is in drift-*.md and goes in as it is: read it anew beside new figures.
set -euo pipefail

out="$1"
shift
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
coldstream="${COLDSTREAM:-$here/../../coldstream}"
mkdir -p "$out"

"$coldstream" evaluate --protocol drift --data simulated-shop:20000 --out "$out/drift.json" --chart "$out/drift.svg" "$@" \
  > "$out/drift.txt"

# What happened there nobody decided: alarms beside what is known of the data.
"$coldstream" evaluate --protocol drift --data ml-latest-small --spans 100 \
  --out "$out/drift-movielens.json" --chart "$out/drift-movielens.svg" > "$out/drift-movielens.txt"

{
  cat "$here/drift-head.md"
  echo
  echo "\`docs/results/drift.sh docs/results $*\`, $(nproc) cores, $(uname -m), $(date -u +%F)."
  echo
  cat "$out/drift.txt"
  echo
  echo "![AUC over time where something changes](drift.svg)"
  echo
  cat "$here/drift-says.md"
  echo
  cat "$here/drift-movielens-head.md"
  echo
  cat "$out/drift-movielens.txt"
  echo
  echo "![MovieLens: events, quality and alarms over 22 years](drift-movielens.svg)"
  echo
  cat "$here/drift-movielens-says.md"
} > "$out/drift.md"
rm "$out/drift.txt" "$out/drift-movielens.txt"
