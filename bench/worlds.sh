#!/usr/bin/env bash
# The default audit from a built checkout, and the exact ledgers of its language models. Run on a quiet machine.
#   bench/worlds.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
small=transformer:layers=2,width=128,context=48,ngram=4
dotnet build "$root/bench/Vestige.Benchmarks" --configuration Release --verbosity quiet --disable-build-servers > /dev/null
dotnet "$root/artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll" facts \
  ngram:order=8 "$small,decay=0,evaluations=0" "$small,dropout=0.1,evaluations=0" "$small,dropout=0.1,evaluations=0,top_p=0.7"
"$root/vestige" --help > /dev/null
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
for run in 1 2; do
  start=$(date +%s.%N)
  "$root/vestige" audit --json "$work/$run.json" > /dev/null 2>&1
  echo "default audit, run $run: $(echo "$(date +%s.%N) - $start" | bc) s"
done
# Speeds are the one part that does not repeat, and the name of the file is in the command.
for run in 1 2; do sed -e '/"speed": \[/,/\]/d' -e "s/$run\.json//" "$work/$run.json" > "$work/$run.txt"; done
cmp "$work/1.txt" "$work/2.txt" && echo "the same figures twice"
