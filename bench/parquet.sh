#!/usr/bin/env bash
# Time and memory of the first reading of a large Parquet file (everything checked, hashed and kept apart), beside what DuckDB takes to hash the same column.
# Usage: bench/parquet.sh TEXT [MB]      TEXT is a folder of .txt files; their paragraphs are repeated, each with its number, until there are so many MB (2000).
# DuckDB comes from NuGet (DuckDB.NET.Data.Full) into a folder outside of the solution.
set -euo pipefail
cd "$(dirname "$0")/.."
text=${1:?usage: bench/parquet.sh TEXT [MB]}
mb=${2:-2000}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp bench/duckdb.cs "$folder"
(cd "$folder" && dotnet build duckdb.cs -c Release -v q -o program >&2)
dotnet build bench/Vestige.Benchmarks -c Release -v q -clp:ErrorsOnly >&2
duckdb() { dotnet "$folder/program/duckdb.dll" "$@"; }
python3 - "$text" "$folder/paragraphs.jsonl" <<'PYTHON'
import glob, json, sys
with open(sys.argv[2], "w") as out:
    for path in sorted(glob.glob(sys.argv[1] + "/*.txt")):
        paragraph = ""
        for part in open(path, encoding="utf-8", errors="replace").read().split("\n\n"):
            paragraph += part + "\n\n"
            if len(paragraph) > 1400:
                out.write(json.dumps({"text": paragraph}) + "\n")
                paragraph = ""
PYTHON
bytes=$(stat -c %s "$folder/paragraphs.jsonl")
duckdb "create table t as select * from read_json_auto('$folder/paragraphs.jsonl')" \
  "copy (select r.i || ' ' || text as text from t, range($((mb * 1000000 / bytes + 1))) r(i)) to '$folder/big.parquet' (format parquet, compression snappy, row_group_size 10000)"
echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2-), $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(stat -c %s "$folder/big.parquet") bytes of Parquet"
for _ in 1 2; do
  dotnet artifacts/bin/Vestige.Benchmarks/release/Vestige.Benchmarks.dll read "$folder/big.parquet" text
  duckdb "select count(*), sum((hash(text) % 1000)::hugeint) from '$folder/big.parquet'"
done
