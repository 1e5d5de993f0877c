#!/usr/bin/env bash
# Memory and time of an audit as the source grows: 200 and 2,000 squares of 256 pixels cut from the images given, and one thread against
# two on the codec stage. Usage: bench/scale.sh FOLDER [COMPRESSOR...]
set -euo pipefail
cd "$(dirname "$0")/.."
images=${1:?usage: bench/scale.sh FOLDER [COMPRESSOR...]}
shift
[[ $# -gt 0 ]] || set -- jpeg:q=30..90/60 webp:q=50 nearest:scale=4

dotnet build bench/Vestige.Benchmarks -c Release -v q >/dev/null
bench=artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll
./vestige --help >/dev/null
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for count in 200 2000; do
  dotnet "$bench" crops "$images" "$folder/$count" "$count" 256
done
python3 bench/scale.py "$folder" dotnet artifacts/bin/Vestige.Cli/release/Vestige.Cli.dll audit "$@"
# In one process that has warmed up: what starting costs is in the figures above.
dotnet "$bench" coding "$folder/200" 3 "$@"
