#!/usr/bin/env bash
# The ledger of points beside its peers: precision and recall, density and coverage, their clipped forms, MAUVE and the data-copying test, on the same
# photographs in the same features, with what is so. Prints the tables of docs/peers.md.
# Usage: bench/peers.sh FOLDER [DEALS [VIEW]]. FOLDER holds at least 200 photographs; they are halved.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:?usage: bench/peers.sh FOLDER [DEALS [VIEW]]}
dotnet build bench/Vestige.Benchmarks -c Release -v q --disable-build-servers >/dev/null
dotnet artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll peers "$folder" "${2:-20}" "${3:-texture}"
