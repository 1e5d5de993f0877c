#!/bin/sh
# Coders without loss beside each other on one text: bits per byte, seconds of user time each way, memory.
# Needs 7zz and zpaq (Debian: apt-get install 7zip zpaq) and a built vestige; lpaq1 has a row where it is on the PATH.
#   bench/coders.sh FILE
set -eu
file=$(realpath "$1")
vestige="dotnet $(dirname "$(realpath "$0")")/../artifacts/bin/Vestige.Cli/release/Vestige.Cli.dll"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
bytes=$(stat -c %s "$file")

row() { # name, file, times
    awk -v name="$1" -v coded="$(stat -c %s "$2")" -v bytes="$bytes" -v times="$3" 'BEGIN { printf "%-34s %10d  %.4f bits/byte  %s\n", name, coded, 8 * coded / bytes, times }'
}
timed() { # prints "user seconds, kilobytes"
    LC_ALL=C /usr/bin/time -f "%U s %M KB" -o time "$@" > /dev/null 2>&1
    cat time
}

for order in 6 8 16; do
    rm -f a.7z
    t=$(timed 7zz a -bd -y -t7z "-m0=PPMd:o=$order:mem=256m" -mtm- a.7z "$file")
    row "7-Zip PPMd order $order" a.7z "$t"
    t=$(timed $vestige encode "$file" --model "ppm:order=$order,memory=256" --out a.ppm)
    d=$(timed $vestige decode a.ppm --out a.again)
    cmp -s a.again "$file"
    row "vestige ppm:order=$order" a.ppm "$t, back $d"
done
rm -f a.zpaq
t=$(timed zpaq a a.zpaq "$file" -m5 -threads 1)
row "zpaq -m5" a.zpaq "$t"
if command -v lpaq1 > /dev/null; then
    t=$(timed lpaq1 6 "$file" a.lpaq)
    d=$(timed lpaq1 d a.lpaq a.again)
    cmp -s a.again "$file"
    row "lpaq1 6" a.lpaq "$t, back $d"
fi
t=$(timed $vestige encode "$file" --model cm --out a.cm)
d=$(timed $vestige decode a.cm --out a.again)
cmp -s a.again "$file"
row "vestige cm" a.cm "$t, back $d"
