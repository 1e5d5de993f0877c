#!/usr/bin/env bash
# The ledger of points on photographs, dealt many times: what fresh photographs, look-up tables, collapsed generators, contaminated ones and codecs
# read beside what is so, and whether each bar is met.
# Usage: bench/points.sh FOLDER [DEALS [VIEW]]. FOLDER holds at least 200 photographs; they are halved.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:?usage: bench/points.sh FOLDER [DEALS [VIEW]]}
dotnet build bench/Vestige.Benchmarks -c Release -v q --disable-build-servers >/dev/null
dotnet artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll points "$folder" "${2:-200}" "${3:-texture}"
