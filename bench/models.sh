#!/usr/bin/env bash
# What holding one GGUF model against another costs over llama.cpp's own evaluation of both on the same text, in processor time, in the same run.
# Usage: bench/models.sh P.gguf Q.gguf TEXT [PASSAGES [ROUNDS]]. Passages are of 512 bytes, from the beginning of the text.
set -euo pipefail
cd "$(dirname "$0")/.."
[[ $# -ge 3 ]] || { sed -n 2,3p "$0"; exit 2; }
dotnet build bench/Vestige.Benchmarks -c Release -v q --disable-build-servers >/dev/null
dotnet artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll models "$1" "$2" "$3" "${4:-400}" "${5:-3}"
