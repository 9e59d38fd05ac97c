#!/usr/bin/env bash
# Four segmentation networks on real photos under the same epochs: a table for docs/results.md.
# Run: ALTAR_DATA=... ALTAR=altar bench/masks.sh OUT      finished runs are kept, so it may be stopped and started again
set -euo pipefail
: "${ALTAR_DATA:?names the folder that holds bccd/, deeppcb/ and weights/}" "${ALTAR:=./altar}"
out=${1:?name a folder for the runs}
home=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$out"

cells="--set data.train=$ALTAR_DATA/bccd/train.txt --set data.val=$ALTAR_DATA/bccd/val.txt --set data.masks=$ALTAR_DATA/bccd/annotations"
boards="--set data.train=$ALTAR_DATA/deeppcb/train --set data.val=$ALTAR_DATA/deeppcb/val --set data.masks=$ALTAR_DATA/deeppcb/train --set data.val_masks=$ALTAR_DATA/deeppcb/val"
scratch="--set model.weights=none"
imagenet="--set model.weights=$ALTAR_DATA/weights/mobilenet_v2_imagenet.safetensors --set model.preprocessing=tensorflow --set stages.0.norm=frozen"

train() {   # set, recipe, network, options
  local run="$out/$1-$3"
  [ -f "$run/report.html" ] || $ALTAR train "$home/bench/$2" --set "model.name=$3" ${@:4} --out "$run" --json > "$run.json" 2> "$run.log"
}

for network in unet_nizhib ternausnet11 albunet34; do
  train cells cells.yaml "$network" $cells $scratch
  train boards boards.yaml "$network" $boards $scratch
done
train cells cells.yaml unet+mobilenet_v2 $cells $imagenet
train boards boards.yaml unet+mobilenet_v2 $boards $imagenet

echo "| photos | network | IoU | Dice | accuracy | pictures/s | time |"
echo "|---|---|---|---|---|---|---|"
for run in "$out"/cells-* "$out"/boards-*; do
  [ -d "$run" ] || continue
  python3 - "$run" <<'PY'
import csv, os, sys
run = sys.argv[1]
rows = list(csv.DictReader(open(os.path.join(run, "metrics.csv"))))
best = max(rows, key=lambda row: float(row["iou"]))
photos, network = os.path.basename(run).split("-", 1)
speed = len(rows) / sum(1 / float(row["pictures_per_second"]) for row in rows)
print(f"| {photos} | {network} | {float(best['iou']):.3f} | {float(best['dice']):.3f} | {float(best['accuracy']):.3f} | {speed:.1f} | {sum(float(row['seconds']) for row in rows):.0f} s |")
PY
done
