#!/usr/bin/env bash
# Nearest neighbours against scikit-learn's brute force, thread for thread: 10,000 x 10,000 random points, 64 dimensions, k = 5.
# Both sides take turns in one run. Installs Debian's python3-sklearn and OpenBLAS if they are missing, and says so.
set -euo pipefail
cd "$(dirname "$0")/.."
python=/usr/bin/python3

missing=()
"$python" -c 'import sklearn' 2>/dev/null || missing+=(python3-sklearn)
# Without it scikit-learn runs on the reference BLAS, ten times slower: no peer.
ldconfig -p | grep -q 'libopenblas' || missing+=(libopenblas0-openmp)
if ((${#missing[@]})); then
  echo "Installing from Debian: ${missing[*]}" >&2
  sudo=$([[ $(id -u) == 0 ]] || echo sudo)
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

dotnet build bench/Vestige.Benchmarks -c Release -v q >/dev/null
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for threads in 1 2; do
  OPENBLAS_NUM_THREADS=$threads OMP_NUM_THREADS=$threads "$python" bench/neighbours.py "$threads" "$folder" \
    dotnet artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll neighbours
done
