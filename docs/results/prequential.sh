#!/usr/bin/env bash
# The figures of prequential.md: docs/results/prequential.sh DATA_SET_FOLDER OUT_FOLDER [option of evaluate, such as --seeds 3]
set -euo pipefail

data="$1"
out="$2"
shift 2
name="$(basename "$data")"
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
mkdir -p "$out"

# The first arm is what the others are compared with, the last is the default. Useless and leaking teachers have random rows,
# so that guidance alone is judged.
"${COLDSTREAM:-$here/../../coldstream}" evaluate --data "$data" \
  --out "$out/$name.json" --csv "$out/$name.csv" --chart "$out/$name.svg" \
  --arm item-rows=random,guidance=none \
  --arm item-rows=random,guidance=s-llmr \
  --arm item-rows=random,guidance=s-llmr,gate=global \
  --arm item-rows=random,guidance=residual \
  --arm item-rows=random,guidance=teacher-field \
  --arm item-rows=random,guidance=s-llmr+residual,teacher=random \
  --arm item-rows=random,guidance=s-llmr+residual,teacher=shuffled \
  --arm item-rows=random,guidance=s-llmr+residual,teacher=oracle \
  --arm item-rows=text,guidance=none \
  --arm item-rows=text,guidance=none,item-row-scale=0.3 \
  --arm item-rows=text,guidance=s-llmr+residual \
  "$@" | tee "$out/$name.txt"
