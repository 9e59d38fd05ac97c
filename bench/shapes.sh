#!/usr/bin/env bash
# Square against rectangular inputs on photos of clothes: accuracy with its interval, and time. Prints a table for docs/results.md.
# Run: ALTAR=altar bench/shapes.sh CLOTHING WEIGHTS OUT [SEEDS]       as bench/heads.sh; it may be stopped and started again
# Beside 224x224 and the three shapes a square of 268 pixels, which has as many pixels as a rectangle: what is won by more pixels alone shows there.
set -euo pipefail
: "${ALTAR:=./altar}" "${MORE:=}"
clothing=${1:?name the folder of the clothing photos} weights=${2:?name the weights} out=${3:?name a folder for everything} seeds=${4:-1 2 3}
home=$(cd "$(dirname "$0")/.." && pwd)
shapes=224x224,224x320,320x224
mkdir -p "$out"

train() {   # name, seed, overrides...
  local name=$1 seed=$2 resume=() changes=()
  shift 2
  [ -f "$out/$name.json" ] && return
  [ -f "$out/$name/recipe.yaml" ] && resume=(--resume)
  for change in "model.weights=$weights" "data.train=$clothing/train.csv" "data.val=$clothing/val.csv" "$@" $MORE; do changes+=(--set "$change"); done
  echo "$name ..." >&2
  $ALTAR train "$home/recipes/clothing.yaml" --out "$out/$name" --seed "$seed" "${resume[@]}" "${changes[@]}" --json > "$out/$name.running" 2> "$out/$name.log" || { tail -n 5 "$out/$name.log" >&2; exit 1; }
  mv "$out/$name.running" "$out/$name.json"
}

judge() {   # run, name of the result, words...
  local run=$1 name=$2 start
  shift 2
  [ -f "$out/$name.val.json" ] && return
  start=$(date +%s.%N)
  $ALTAR evaluate "$out/$run" --data "$clothing/val.csv" "$@" --json > "$out/$name.running" 2> "$out/$name.log" || { tail -n 5 "$out/$name.log" >&2; exit 1; }
  date +%s.%N | awk -v start="$start" '{ print $1 - start }' > "$out/$name.seconds"
  mv "$out/$name.running" "$out/$name.val.json"
}

for seed in $seeds; do
  train "square-$seed" "$seed"
  train "larger-$seed" "$seed" data.size=268
  train "shapes-$seed" "$seed" "data.shapes=[${shapes//,/, }]"
  judge "square-$seed" "square-$seed"
  judge "square-$seed" "square-in-shapes-$seed" --shapes "$shapes"
  judge "larger-$seed" "larger-$seed"
  judge "shapes-$seed" "shapes-$seed"
done

python3 - "$out" $seeds << 'PYTHON'
import json, sys
out, seeds = sys.argv[1], sys.argv[2:]
print("| trained | judged | seed | val top-1 (95 % interval) | log-loss | training | evaluation, start included |")
print("|---|---|---|---|---|---|---|")
rows = [("square", "square", "224x224", "224x224"), ("square", "square-in-shapes", "224x224", "three shapes"), ("larger", "larger", "268x268", "268x268"), ("shapes", "shapes", "three shapes", "three shapes")]
for run, name, trained, judged in rows:
    for seed in seeds:
        score, training = json.load(open(f"{out}/{name}-{seed}.val.json")), json.load(open(f"{out}/{run}-{seed}.json"))
        low, high = score["top1_interval"]
        print(f"| {trained} | {judged} | {seed} | {score['top1']:.3f} ({low:.3f} - {high:.3f}) | {score['logloss']:.3f} | {training['seconds']:.0f} s | {float(open(f'{out}/{name}-{seed}.seconds').read()):.1f} s |")
PYTHON
