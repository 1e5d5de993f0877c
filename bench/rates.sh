#!/usr/bin/env bash
# Each built-in codec's files beside those that its own program makes of the same photographs, in bytes: bench/rates.sh PHOTO...
# PHOTO: PNGs of 512 x 768 or 768 x 512 (the resolutions of opj_compress are theirs). Needs libjpeg-turbo-progs webp libheif-examples libjxl-tools
# libopenjp2-tools libvips-tools.
# A program's own JFIF header (18 bytes) and JPEG 2000's comment (39) are no pixels: they are taken off. Exit status 1: more than 16 bytes apart.
set -euo pipefail
cd "$(dirname "$0")/.."
[[ $# -gt 0 ]] || { sed -n 2,4p "$0"; exit 2; }
vestige=${VESTIGE:-artifacts/bin/Vestige.Cli/release/Vestige.Cli.dll}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/photos"
for photo in "$@"; do
  name=$(basename "$photo" .png)
  cp "$photo" "$folder/photos/$name.png"
  vips ppmsave "$photo" "$folder/$name.ppm"
done

# NAME CODEC EXTENSION BYTES COMMAND: the program's, in which {ppm}, {png} and {own} stand for files; BYTES of it are no pixels.
compare() {
  local name=$1 codec=$2 extension=$3 apart=$4 most=0 sum=0 all=0
  shift 4
  # Any setting meets the target: the cheapest of the two is taken.
  dotnet "$vestige" choose "$folder/photos" "$codec" --target 'psnr>=0' --out "$folder/$name" >/dev/null 2>&1 || { echo "$codec: vestige choose failed"; return 1; }
  for photo in "$folder"/photos/*.png; do
    local base command own ours theirs
    base=$(basename "$photo" .png)
    own="$folder/own.$extension"
    command=${*//'{png}'/$photo}
    command=${command//'{ppm}'/$folder/$base.ppm}
    command=${command//'{own}'/$own}
    rm -f "$own"
    eval "$command" >/dev/null 2>&1
    ours=$(stat -c %s "$folder/$name/images/$base.$extension")
    theirs=$(($(stat -c %s "$own") - apart))
    ((all += ours, sum += ours - theirs)) || true
    local distance=$((ours > theirs ? ours - theirs : theirs - ours))
    ((distance > most)) && most=$distance
  done
  printf '%-34s %10d bytes, together %+d, most apart %d\n' "$codec" "$all" "$sum" "$most"
  [[ $most -le 16 ]]
}

status=0
compare jpeg jpeg:q=75..76 jpg 18 "cjpeg -quality 75 -optimize -outfile {own} {ppm}" || status=1
compare jpegp jpeg:q=90..91,progressive=true,chroma=444 jpg 18 "cjpeg -quality 90 -progressive -sample 1x1 -outfile {own} {ppm}" || status=1
compare webp webp:q=75..76 webp 0 "cwebp -q 75 {png} -o {own}" || status=1
compare webp6 webp:q=40..41,effort=6 webp 0 "cwebp -q 40 -m 6 {png} -o {own}" || status=1
compare avif avif:q=50..51 avif 0 "heif-enc -A -q 50 -p speed=5 -p chroma=420 {png} -o {own}" || status=1
compare jxl jxl:q=75..76 jxl 0 "cjxl -q 75 {png} {own}" || status=1
compare jxl3 jxl:q=90..91,effort=3 jxl 0 "cjxl -q 90 -e 3 {png} {own}" || status=1
compare jp2 jp2:q=40..41 jp2 39 'opj_compress -i {ppm} -o {own} -q 40 -I -t 512,512 -n 4 -p RPCL -c [256,256],[256,256],[256,256],[256,256]' || status=1
exit $status
