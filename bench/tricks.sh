#!/usr/bin/env bash
# What each training trick brings on real photos: the table of docs/results.md, made in the background.
# Run: ALTAR_DATA=... bench/tricks.sh OUT [SEEDS]     finished runs are kept, so it may be stopped and started again
#      OUT/table.md grows with every run; OUT/log.txt tells how far it is
set -euo pipefail
: "${ALTAR_DATA:?names the folder that holds clothing/ and weights/}"
out=${1:?name a folder for the runs}
seeds=${2:-3}
home=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$out"
dotnet build -c Release -v q "$home/bench/Altar.Benchmarks"
nohup nice -n 10 dotnet "$home/bench/Altar.Benchmarks/bin/Release/net10.0/Altar.Benchmarks.dll" tricks "$home/bench/tricks.yaml" "$out" "$seeds" > "$out/log.txt" 2>&1 &
echo "$!" > "$out/pid"
echo "runs in the background as process $!; stop it with: kill $!"
