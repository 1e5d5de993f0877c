#!/usr/bin/env bash
# The suffix array beside libdivsufsort, a thread each, in turns: MB/s of each and their ratio. Usage: bench/suffixes.sh TEXT [TURNS]
# TEXT is a file, or a folder of .txt files, which are joined. Installs Debian's libdivsufsort-dev and gcc if they are missing, and says so.
set -euo pipefail
cd "$(dirname "$0")/.."
text=${1:?usage: bench/suffixes.sh TEXT [TURNS]}

if ! echo '#include <divsufsort.h>' | gcc -E - >/dev/null 2>&1; then
  echo "installing from Debian: gcc, libdivsufsort-dev" >&2
  sudo=$([[ $(id -u) == 0 ]] || echo sudo)
  $sudo apt-get update -qq
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc libc6-dev libdivsufsort-dev >/dev/null
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [[ -d $text ]]; then cat "$text"/*.txt > "$folder/text"; else cp "$text" "$folder/text"; fi
gcc -O2 -o "$folder/peer" bench/divsufsort.c -ldivsufsort
dotnet build bench/Vestige.Benchmarks -c Release -v q -clp:ErrorsOnly >&2
echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2-), $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(stat -c %s "$folder/text") bytes"
for _ in $(seq "${2:-3}"); do
  "$folder/peer" "$folder/text" 3
  dotnet artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll suffixes "$folder/text" 3
done | tee "$folder/lines"
awk '{ if ($2 > best[$1]) best[$1] = $2; sums[$6] = 1 }
  END { n = 0; for (s in sums) n++; printf "ratio of the best: %.2f; %s\n", best["vestige"] / best["libdivsufsort"], n == 1 ? "the same result" : "THE RESULTS DIFFER" }' "$folder/lines"
