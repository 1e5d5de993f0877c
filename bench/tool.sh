#!/usr/bin/env bash
# Packs vestige, installs it as a dotnet tool from the packed file, and audits 20 JPEGs where the system has no libvips.
# Usage: bench/tool.sh FOLDER_OF_JPEGS [PACKED_FOLDER]; a second argument is where vestige-cli.*.nupkg already is.
# The system's libvips is hidden in a mount namespace of its own (unshare, root or user namespaces): nothing is changed outside of it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
photos=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
packed=${2:-$work/packed}
[[ -n "${2:-}" ]] || dotnet pack "$root/src/Vestige.Cli" --configuration Release --output "$packed" --verbosity quiet -nologo
# Only from the packed file, into a folder of its own, with no cache of packages of that name before it.
dotnet tool install vestige-cli --tool-path "$work/tools" --add-source "$packed" --version "$(basename "$packed"/vestige-cli.*.nupkg | sed -E 's/vestige-cli\.(.*)\.nupkg/\1/')" --no-cache
mkdir "$work/photos"
find "$photos" -name '*.jpg' | sort | head -n 20 | xargs -I{} cp {} "$work/photos/"
echo "photos: $(ls "$work/photos" | wc -l)"
user=()
[[ $(id -u) -eq 0 ]] || user=(--map-root-user)
# shellcheck disable=SC2016
unshare --mount "${user[@]}" bash -euc '
  PATH="$PATH:/sbin:/usr/sbin"
  for library in $(ldconfig -p | awk "/libvips/ { print \$NF }" | xargs -r readlink -f | sort -u); do
    mount --bind /dev/null "$library"
    echo "hidden: $library"
  done
  cd "$2"
  "$1/vestige" codecs | sed -n "/^images/,/^text/p" | grep -E "^  [a-z]|libvips|absent|cannot"
  "$1/vestige" audit photos jpeg:q=50 webp:q=50 --json result.json --seed 1
' hidden "$work/tools" "$work"
grep -o '"libvips[^,]*' "$work/result.json" | sort | uniq -c || true
