#!/usr/bin/env bash
# The whole Inria protocol on generated tiles of full size: two cities to learn from, two that are never seen. Prints a table for docs/results.md.
# Run: ALTAR=altar bench/inria-rehearsal.sh OUT [SIDE [TILES]]      SIDE 5000 pixels, TILES 8 of each city, at least 6
# Finished steps are kept, so it may be stopped and started again; the time of a step that was stopped is that of its last part.
# Needs /usr/bin/time and python3, and about 1.2 GB of disk at 5000 pixels (34 MB at 1000 with 6 tiles).
set -euo pipefail
: "${ALTAR:=./altar}"
out=${1:?name a folder for everything} side=${2:-5000} tiles=${3:-8}
home=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$out/steps"
out=$(cd "$out" && pwd)
set_folder=$out/set-$side-$tiles

step() {   # name, command...
  local name=$1 file="$out/steps/$1"
  shift
  [ -f "$file.time" ] && return
  echo "$name ..." >&2
  if ! /usr/bin/time -o "$file.running" -f "%e %M" "$@" > "$file.json" 2> "$file.log"; then
    echo "$name failed:" >&2
    tail -n 5 "$file.log" >&2
    exit 1
  fi
  mv "$file.running" "$file.time"
}

overall() { python3 -c 'import json, sys; print(round(json.load(open(sys.argv[1]))["overall"]["iou"], 2))' "$out/steps/evaluate-$1.json"; }

[ -f "$out/steps/draw.time" ] || nice dotnet build -c Release -v q "$home/bench/Altar.Benchmarks" > "$out/steps/build.log"
step draw dotnet run --no-build -c Release --project "$home/bench/Altar.Benchmarks" -- aerial "$set_folder" "$side" "$tiles"
step split $ALTAR inria split --data "$set_folder" --out "$out/split" --json

# What an epoch sees does not grow with the tiles' size: 32 crops of each, the half near a building.
resume=(); [ -f "$out/run/recipe.yaml" ] && resume=(--resume)
step train $ALTAR train "$home/recipes/segmentation-quickstart.yaml" --out "$out/run" "${resume[@]}" --json \
  --set data.generate= --set "data.train=$out/split/train.csv" --set "data.val=$out/split/val.csv" --set data.masks=mask \
  --set data.samples=32 --set data.val_samples=16 --set stages.0.epochs=8 --set stages.1.epochs=4

mkdir -p "$out/val"
for picture in "$set_folder"/train/images/*[a-z-][1-5].tif; do ln -sf "$picture" "$out/val/"; done
step predict-val $ALTAR predict "$out/run" --input "$out/val" --out "$out/masks-val" --json
step predict-test $ALTAR predict "$out/run" --input "$set_folder/test/images" --out "$out/masks-test" --polygons --json
step evaluate-val $ALTAR inria evaluate --pred "$out/masks-val" --gt "$set_folder/train/gt" --val --csv "$out/val.csv" --json
step evaluate-test $ALTAR inria evaluate --pred "$out/masks-test" --gt "$set_folder/test/gt" --csv "$out/test.csv" --json
step submit $ALTAR inria submit --pred "$out/masks-test" --images "$set_folder/test/images" --out "$out/submission.zip" --json

echo "Tiles of ${side}x${side} pixels, $tiles of each of 2 cities to learn from and validate by, 2 of cities never seen."
echo "Val: IoU $(overall val), test: IoU $(overall test)"
echo
echo "| step | time | peak memory |"
echo "|---|---|---|"
for name in draw split train predict-val predict-test evaluate-val evaluate-test submit; do
  read -r seconds kibibytes < "$out/steps/$name.time"
  printf '| %s | %.0f s | %.0f MiB |\n' "$name" "$seconds" "$((kibibytes / 1024))"
done
