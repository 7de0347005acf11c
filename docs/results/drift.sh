#!/usr/bin/env bash
# The figures of drift.md: docs/results/drift.sh OUT_FOLDER [option of evaluate, such as --seeds 5]
set -euo pipefail

out="$1"
shift
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
coldstream="${COLDSTREAM:-$here/../../coldstream}"
mkdir -p "$out"

"$coldstream" evaluate --protocol drift --data simulated-shop:40000 --seeds 3 \
  --out "$out/drift.json" --chart "$out/drift.svg" "$@" | tee "$out/drift.txt"

# What happened there nobody decided: alarms beside what is known of the data.
"$coldstream" evaluate --protocol drift --data ml-latest-small --spans 100 \
  --out "$out/drift-movielens.json" --chart "$out/drift-movielens.svg" | tee "$out/drift-movielens.txt"
