#!/usr/bin/env bash
# Snapshot ensembles (arXiv:1704.00109) against a single network with the same number of epochs, on small generated pictures.
#
# Use:  bench/snapshots.sh [OUT]      default runs/bench-snapshots; run it again after a stop: finished runs are passed over
# Environment: SEEDS="1 2 3" EPOCHS=30 CYCLES=5 NETWORK=resnet20_cifar PEAK=0.1 SIZE=64 BATCH=32 ALTAR="./altar"
# Prints a markdown table: for each seed the single network, the snapshots alone and together, and the mean of both kinds over seeds.
set -euo pipefail
cd "$(dirname "$0")/.."

out=${1:-runs/bench-snapshots}
seeds=${SEEDS:-1 2 3} epochs=${EPOCHS:-30} cycles=${CYCLES:-5} network=${NETWORK:-resnet20_cifar}
peak=${PEAK:-0.1} size=${SIZE:-64} batch=${BATCH:-32} altar=${ALTAR:-./altar}
command -v jq > /dev/null || { echo "bench/snapshots.sh needs jq: apt-get install jq" >&2; exit 1; }

# The set is written on the first run; val chooses nothing here (the last weights speak), so that it can judge.
recipe() { # name seed schedule
    cat << EOF
name: $1
seed: $2
data: {generate: products, train: $out/products/train.csv, val: $out/products/val.csv, size: $size}
model: {name: $network, weights: none}
stages:
  - {name: $1, epochs: $epochs, batch: $batch, optimizer: nesterov, rate: $peak, weight_decay: 1e-4, augment: light, $3}
EOF
}

train() { # name seed schedule
    local run=$out/$1-$2
    mkdir -p "$out/recipes"
    recipe "$1" "$2" "$3" > "$out/recipes/$1-$2.yaml"
    echo "$1, seed $2: $run" >&2
    $altar train "$out/recipes/$1-$2.yaml" --out "$run" --resume --device "${DEVICE:-auto}" >&2
}

# A result is kept beside its run, so that a second start only prints.
keep() { # file command...
    local file=$1; shift
    [ -s "$file" ] || { "$@" > "$file.coming"; mv "$file.coming" "$file"; }
}

for seed in $seeds; do
    train single "$seed" "schedule: cosine"
    train snapshots "$seed" "schedule: {cycles: $cycles, phase: code}, snapshots: true"
    keep "$out/single-$seed.json" $altar evaluate "$out/single-$seed/checkpoints/last" --data "$out/products/val.csv" --json
    keep "$out/snapshots-$seed.json" $altar ensemble "$out/snapshots-$seed" --data "$out/products/val.csv" --json
done

echo "$network at $size pixels, $epochs epochs, peak $peak; $cycles snapshots. Top-1 and log-loss on val."
echo
echo "| seed | single network | last snapshot | all snapshots | greedy, other half (all snapshots there) |"
echo "|---|---|---|---|---|"
figure='def three: . * 1000 | round / 1000; def figures: "\(.top1 | three), \(.logloss | three)";'
for seed in $seeds; do
    jq -r --arg seed "$seed" --slurpfile single "$out/single-$seed.json" "$figure"'
        "| \($seed) | \($single[0] | figures) | \(.members[-1] | figures) | \(.ensemble | figures) | \(.greedy | figures) (\(.greedy.all | figures)) |"' "$out/snapshots-$seed.json"
done

# shellcheck disable=SC2086 # a list of seeds
jq -rn --slurpfile single <(for seed in $seeds; do cat "$out/single-$seed.json"; done) --slurpfile together <(for seed in $seeds; do cat "$out/snapshots-$seed.json"; done) "$figure"'
    def mean: add / length;
    def figures(f): "\([.[] | f.top1] | mean | three), \([.[] | f.logloss] | mean | three)";
    "| mean | \($single | figures(.)) | \($together | figures(.members[-1])) | \($together | figures(.ensemble)) | \($together | figures(.greedy)) (\($together | figures(.greedy.all))) |"'
