#!/usr/bin/env bash
# N-grams and generation, alone: MB/s of counting and of scoring at order 6, and bytes/s that a Transformer of 4 layers, width 256 generates.
# Usage: bench/text.sh TEXT      TEXT is a file, or a folder of .txt files, which are joined; its last tenth is scored.
set -euo pipefail
cd "$(dirname "$0")/.."
text=${1:?usage: bench/text.sh TEXT}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [[ -d $text ]]; then cat "$text"/*.txt > "$folder/text"; else cp "$text" "$folder/text"; fi
dotnet build bench/Vestige.Benchmarks -c Release -v q -clp:ErrorsOnly >&2
echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2-), $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(stat -c %s "$folder/text") bytes"
for order in 4 6 8; do dotnet artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll ngrams "$folder/text" $order 3; done
dotnet artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll generate 64 512
