#!/usr/bin/env bash
# recipes/avito-small.yaml beside a network for each of its heads alone, with the same stages. Prints a table for docs/results.md.
# Run: ALTAR=altar bench/heads.sh CLOTHING WEIGHTS OUT [SEEDS]
#        CLOTHING  folder with train.csv, val.csv, kids_train.csv, kids_val.csv     WEIGHTS  mobilenet_v2_imagenet.safetensors     SEEDS  "1 2 3"
# Finished runs are kept and a stopped one goes on, so it may be stopped and started again. More --set in MORE, e.g. MORE="stages.1.epochs=1".
set -euo pipefail
: "${ALTAR:=./altar}" "${MORE:=}"
clothing=${1:?name the folder of the clothing photos} weights=${2:?name the weights} out=${3:?name a folder for everything} seeds=${4:-1 2 3}
home=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$out"

train() {   # name, seed, overrides...
  local name=$1 seed=$2 resume=() changes=()
  shift 2
  [ -f "$out/$name.json" ] && return
  [ -f "$out/$name/recipe.yaml" ] && resume=(--resume)
  for change in "model.weights=$weights" "$@" $MORE; do changes+=(--set "$change"); done
  echo "$name ..." >&2
  $ALTAR train "$home/recipes/avito-small.yaml" --out "$out/$name" --seed "$seed" "${resume[@]}" "${changes[@]}" --json > "$out/$name.running" 2> "$out/$name.log" || { tail -n 5 "$out/$name.log" >&2; exit 1; }
  mv "$out/$name.running" "$out/$name.json"
}

alone() {   # head, seed, list
  train "$1-$2" "$2" "model.heads={$1: {kind: single}}" "data.sets=[{path: $clothing/$3train.csv, labels: {$1: $1}}]" "data.val=[{path: $clothing/$3val.csv, labels: {$1: $1}}]"
}

judge() {   # run, list
  [ -f "$out/$1-$2val.json" ] && return
  $ALTAR evaluate "$out/$1" --data "$clothing/$2val.csv" --json > "$out/$1.running" 2> "$out/$1.log" || { tail -n 5 "$out/$1.log" >&2; exit 1; }
  mv "$out/$1.running" "$out/$1-$2val.json"
}

for seed in $seeds; do
  train "union-$seed" "$seed" "data.sets.0.path=$clothing/train.csv" "data.sets.1.path=$clothing/kids_train.csv" "data.val.0.path=$clothing/val.csv" "data.val.1.path=$clothing/kids_val.csv"
  judge "union-$seed" ""
  judge "union-$seed" kids_
  alone category "$seed" ""
  judge "category-$seed" ""
  for head in category20 kids; do
    alone "$head" "$seed" kids_
    judge "$head-$seed" kids_
  done
done

python3 - "$out" $seeds << 'PYTHON'
import json, sys
out, seeds = sys.argv[1], sys.argv[2:]
def top1(run, head, part): return json.load(open(f"{out}/{run}-{part}val.json"))["heads"][head]
print("| head | seed | labelled val photos | one trunk, three heads | alone | difference |")
print("|---|---|---|---|---|---|")
for head, part in [("category", ""), ("category20", "kids_"), ("kids", "kids_")]:
    means = [0, 0]
    for seed in seeds:
        union, alone = top1(f"union-{seed}", head, part), top1(f"{head}-{seed}", head, part)
        means = [means[0] + union["top1"] / len(seeds), means[1] + alone["top1"] / len(seeds)]
        span = lambda one: f"{one['top1']:.3f} ({one['top1_interval'][0]:.3f} - {one['top1_interval'][1]:.3f})"
        print(f"| {head} | {seed} | {union['labelled']} | {span(union)} | {span(alone)} | {union['top1'] - alone['top1']:+.3f} |")
    print(f"| {head} | mean | | {means[0]:.3f} | {means[1]:.3f} | {means[0] - means[1]:+.3f} |")
seconds = lambda run: json.load(open(f"{out}/{run}.json"))["seconds"]
for seed in seeds:
    print(f"\nSeed {seed}: {seconds(f'union-{seed}'):.0f} s for one trunk, {sum(seconds(f'{head}-{seed}') for head in ('category', 'category20', 'kids')):.0f} s for three networks.")
PYTHON
