#!/usr/bin/env bash
# Kills a run of generated pictures at random moments and resumes it until it ends, then compares it with one that nobody disturbed:
# weights, figures (times excepted), steps and predictions must be the same bytes.
#
#   bench/kill.sh [KILLS=50] [FOLDER=a temporary one]
#
# A start of the program takes a few seconds and a life of it at most SPAN more (default 8): on two idle cores 50 kills take
# about ten minutes. The moments come from SEED (default 1). Exits with 0 when everything is equal.
set -euo pipefail
kills=${1:-50}; folder=${2:-$(mktemp -d)}; span=${SPAN:-8}; RANDOM=${SEED:-1}
altar=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../altar
mkdir -p "$folder"; cd "$folder"

cat > kill.yaml <<'RECIPE'
name: kill
data: {generate: products, train: data/products/train.csv, val: data/products/val.csv, label: label, size: 32}
model: {name: resnet20_cifar, weights: none, dropout: 0.2}
checkpoint: {every: 20, keep_best: 3, keep: {newest: 1, snapshots: 2}}
stages:
  - {name: head, learns: head, epochs: 20, rate: 1e-2, augment: none, norm: frozen, batch: 32, ema: 0.99, replay_hardest: 10}
  - {name: hard, epochs: 4, rate: 1e-2, augment: hard, batch: 16, optimizer: adamw, mixup: 0.2, clip: 1}
  - {name: cycles, epochs: 6, rate: 1e-2, schedule: {cycles: 3, phase: code}, snapshots: true, augment: light, batch: 16, ema: 0.99, replay_hardest: 10}
RECIPE

"$altar" train kill.yaml --out whole --device cpu > whole.log

killed=0
while ((killed < kills)); do
    "$altar" train kill.yaml --out parts --device cpu --resume > parts.log 2>&1 &
    process=$!
    sleep "$((RANDOM % span + 2)).$((RANDOM % 1000))"
    kill -KILL "$process" 2> /dev/null || break   # it has reached its end
    wait "$process" 2> /dev/null || true
    killed=$((killed + 1))
    echo "kill $killed: $(($(wc -l < parts/steps.csv 2> /dev/null || echo 1) - 1)) steps done"
done
"$altar" train kill.yaml --out parts --device cpu --resume > parts.log

same=0
compare() { if cmp -s "$1" "$2"; then echo "equal: $3"; else echo "DIFFERENT: $3"; same=1; fi; }
for checkpoint in whole/checkpoints/*/; do
    name=$(basename "$checkpoint")
    compare "whole/checkpoints/$name/model.safetensors" "parts/checkpoints/$name/model.safetensors" "$name/model.safetensors"
done
for run in whole parts; do
    rev "$run/metrics.csv" | cut -d, -f6- | rev > "$run.metrics"    # without time, speed, waiting, tensors and memory
    "$altar" predict "$run" --input data/products --out "$run.predictions" --probabilities > /dev/null
done
compare whole.metrics parts.metrics metrics.csv
for file in steps.csv norms.csv replayed.csv; do compare "whole/$file" "parts/$file" "$file"; done
compare whole.predictions/predictions.csv parts.predictions/predictions.csv predictions.csv
echo "$killed kills, $folder"
exit "$same"
