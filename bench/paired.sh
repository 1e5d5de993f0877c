#!/usr/bin/env bash
# Speed of the paired measures of images on one thread beside Debian's butteraugli_main (libjxl), in turns, at 3840x2560 and 768x512.
# Usage: bench/paired.sh PHOTO [ROUNDS]. PHOTO is any image; it is enlarged or reduced to both sizes.
# Our figures are processor time without decoding; the peer's is its user time less that of a 64x64 pair, which leaves out its start.
set -euo pipefail
cd "$(dirname "$0")/.."
photo=${1:?usage: bench/paired.sh PHOTO [ROUNDS]}
rounds=${2:-5}

need() { # PROGRAM PACKAGE
  command -v "$1" >/dev/null && return
  echo "installing $2 from Debian for $1" >&2
  sudo=$([[ $(id -u) == 0 ]] || echo sudo)
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}
need vips libvips-tools
need cjpeg libjpeg-turbo-progs
need butteraugli_main libjxl-devtools || true

dotnet build bench/Vestige.Benchmarks -c Release -v q --disable-build-servers >/dev/null
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2-), $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%F)"

for size in 64x64 768x512 3840x2560; do
  vips thumbnail "$photo" "$folder/$size.png" "${size%x*}" --height "${size#*x}" --size force
  vips copy "$folder/$size.png" "$folder/$size.ppm"
  cjpeg -quality 50 "$folder/$size.ppm" >"$folder/$size.jpg"
  djpeg "$folder/$size.jpg" >"$folder/$size-decoded.ppm"
done

# User seconds of the peer on a size, the best of the rounds.
peer() {
  local best=""
  for _ in $(seq "$rounds"); do
    local seconds
    seconds=$({ TIMEFORMAT=%U; time butteraugli_main "$folder/$1.ppm" "$folder/$1-decoded.ppm" >/dev/null 2>&1; } 2>&1)
    [[ -n $best ]] && best=$(printf '%s\n%s\n' "$best" "$seconds" | sort -g | head -n 1) || best=$seconds
  done
  echo "$best"
}

for size in 768x512 3840x2560; do
  echo "== $size"
  ours=$(dotnet artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll paired "$folder/$size.png" "$folder/$size.jpg" "$rounds")
  echo "$ours"
  if command -v butteraugli_main >/dev/null; then
    start=$(peer 64x64) whole=$(peer "$size")
    best=$(sed -nE 's/^SSIMULACRA 2 +([0-9.]+) MP.*/\1/p' <<<"$ours")
    awk -v s="$start" -v w="$whole" -v p="${size%x*}" -v h="${size#*x}" -v o="$best" \
      'BEGIN { m = p * h / 1e6 / (w - s); printf "butteraugli_main                               %7.1f MP/s best; SSIMULACRA 2 is %.1f times as fast\n", m, o / m }'
  else
    echo "butteraugli_main is not installed: no ratio"
  fi
done
