#!/usr/bin/env bash
# Trains the Transformer beside a peer on this machine, in turns, and prints a line for each run.
#
#   bench/train.sh speed PEER TEXT [ROUNDS]               time of a training step, at 1 and 2 threads
#   bench/train.sh learn PEER TRAIN HELDOUT [MINUTES]     bits per byte on a held-out text after equal time, 2 threads
#
# PEER is a Python script over Debian's PyTorch that is run as
#   PEER THREADS --steps N --train FILE                          and prints "best X ... tok/s"
#   PEER THREADS --minutes M --train FILE --heldout FILE         and prints "heldout X"
# TEXT is a file; TRAIN and HELDOUT are folders of .txt files. PyTorch and OpenBLAS are installed where apt can.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
usage() { sed -n '4,5s/^#  *//p' "$0" >&2; exit 2; }
[[ $# -ge 3 ]] || usage
mode=$1 peer=$2

if ! /usr/bin/python3 -c 'import torch' 2>/dev/null || ! ls /usr/lib/*/openblas-openmp/libblas.so.3 >/dev/null 2>&1; then
  echo "installing python3-torch and libopenblas0-openmp" >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q python3-torch libopenblas0-openmp >&2
fi

dotnet build "$here/bench/Vestige.Benchmarks" -c Release -v q -clp:ErrorsOnly >&2
ours=(dotnet "$here/artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll")
echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2-), $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%F)"

# OpenBLAS knows only older processors by name: its AVX-512 kernels have to be asked for, and are not always the fastest.
cores="Haswell"
if grep -q avx512f /proc/cpuinfo; then cores="COOPERLAKE SKYLAKEX Haswell"; fi

case $mode in
  speed)
    text=$3
    for round in $(seq "${4:-3}"); do
      for threads in 1 2; do
        for core in $cores; do OPENBLAS_CORETYPE=$core /usr/bin/python3 "$peer" $threads --steps 15 --train "$text"; done
        "${ours[@]}" train-speed "$text" $threads 15
      done
    done
    ;;
  learn)
    [[ $# -ge 4 ]] || usage
    train=$3 heldout=$4 minutes=${5:-10}
    temporary=$(mktemp -d)
    trap 'rm -rf "$temporary"' EXIT
    # The peer reads one file, and scores a megabyte at most: an equal part of each held-out text. We are scored on that, and on all.
    mkdir "$temporary/part"
    cat "$train"/*.txt > "$temporary/train.txt"
    files=("$heldout"/*.txt)
    for file in "${files[@]}"; do head -c $((1000000 / ${#files[@]})) "$file" > "$temporary/part/$(basename "$file")"; done
    cat "$temporary"/part/*.txt > "$temporary/heldout.txt"
    OPENBLAS_CORETYPE=${cores%% *} /usr/bin/python3 "$peer" 2 --minutes "$minutes" --train "$temporary/train.txt" --heldout "$temporary/heldout.txt"
    "${ours[@]}" train-learn "$train" 2 "$temporary/part" "$heldout" minutes="$minutes"
    ;;
  *) usage ;;
esac
