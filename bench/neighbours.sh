#!/usr/bin/env bash
# Nearest neighbours against scikit-learn's brute force, thread for thread: 10,000 x 10,000 random points, 64 dimensions, k = 5.
# Both sides take turns in one run. Installs Debian's python3-sklearn and OpenBLAS if they are missing, and says so.
set -euo pipefail
cd "$(dirname "$0")/.."
python=/usr/bin/python3

# Without OpenBLAS scikit-learn runs on the reference BLAS, ten times slower: no peer.
if ! "$python" -c 'import sklearn, threadpoolctl as t; assert any(i["internal_api"] == "openblas" for i in t.threadpool_info())' 2>/dev/null; then
  echo "Installing from Debian: python3-sklearn, libopenblas0-openmp" >&2
  sudo=$([[ $(id -u) == 0 ]] || echo sudo)
  $sudo apt-get update -qq
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-sklearn libopenblas0-openmp >/dev/null
fi

dotnet build bench/Vestige.Benchmarks -c Release -v q >/dev/null
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for threads in 1 2; do
  OPENBLAS_NUM_THREADS=$threads OMP_NUM_THREADS=$threads "$python" bench/neighbours.py "$threads" "$folder" \
    dotnet artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll neighbours
done
