#!/usr/bin/env bash
# Most memory of the paired measures of images, in bytes a pixel: of each measure alone, and of the whole of `vestige inspect`.
# Usage: bench/memory.sh PHOTO [SIZE...]. PHOTO is any image; it is enlarged to the sizes (3840x2560 8000x6000).
# A measure: resident memory of a process at its most, less what it was with both images decoded. inspect: that of the process, less that of a pair of 64x64.
set -euo pipefail
cd "$(dirname "$0")/.."
photo=${1:?usage: bench/memory.sh PHOTO [SIZE...]}
shift
sizes=("$@")
[[ $# -gt 0 ]] || sizes=(3840x2560 8000x6000)

dotnet build Vestige.slnx -c Release -v q --disable-build-servers >/dev/null
vestige=artifacts/bin/Vestige.Cli/release/Vestige.Cli.dll
bench=artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for size in 64x64 "${sizes[@]}"; do
  vips thumbnail "$photo" "$folder/$size.png" "${size%x*}" --height "${size#*x}" --size force
  vips jpegsave "$folder/$size.png" "$folder/$size.jpg" --Q 50
  vips copy "$folder/$size.jpg" "$folder/$size-decoded.png"
done

# kB of a command at its most.
most() {
  python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
}

inspect() { # WHAT SIZE EXTENSION [OPTION...]
  local what=$1 size=$2 extension=$3
  shift 3
  small=$(most dotnet "$vestige" inspect "$folder/64x64.png" "$folder/64x64$extension" "$@")
  large=$(most dotnet "$vestige" inspect "$folder/$size.png" "$folder/$size$extension" "$@")
  awk -v w="$what" -v z="$size" -v s="$small" -v l="$large" -v p="${size%x*}" -v h="${size#*x}" \
    'BEGIN { printf "%-46s %s %6.1f bytes a pixel\n", w, z, 1024 * (l - s) / p / h }'
}

for size in "${sizes[@]}"; do
  for measure in "SSIMULACRA 2" "SSIMULACRA 2, original cached" "lost and invented with maps, from luma" "lost and invented with maps, from pixels" "shift" \
    "all, original cached, with the map's picture"; do
    dotnet "$bench" paired-memory "$folder/$size.png" "$folder/$size-decoded.png" "$measure"
  done
  inspect "vestige inspect A.png B.png" "$size" -decoded.png
  inspect "vestige inspect A.png B.png --out DIR" "$size" -decoded.png --out "$folder/out"
  inspect "vestige inspect A.png B.jpg --out DIR" "$size" .jpg --out "$folder/out"
done
