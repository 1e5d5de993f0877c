#!/usr/bin/env bash
# SSIMULACRA 2 beside the scores of its reference on photographs of the Kodak set; fails where they differ by more than the reference's float noise.
# Usage: bench/scores.sh FOLDER, which holds kodim01.png, kodim13.png and kodim23.png. Needs Debian's cjpeg (libjpeg-turbo-progs) and vips (libvips-tools).
set -euo pipefail
cd "$(dirname "$0")/.."
originals=${1:?usage: bench/scores.sh FOLDER}
dotnet build bench/Vestige.Benchmarks -c Release -v q --disable-build-servers >/dev/null
coded=$(mktemp -d)
trap 'rm -rf "$coded"' EXIT
for name in kodim01 kodim13 kodim23; do
  vips copy "$originals/$name.png" "$coded/$name.ppm"
  for quality in 10 30 90; do cjpeg -quality "$quality" "$coded/$name.ppm" >"$coded/$name-$quality.jpg"; done
done
dotnet artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll scores "$originals" "$coded"
