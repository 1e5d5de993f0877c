#!/usr/bin/env bash
# Tries scripts/slurm.sbatch on the Slurm at hand: an array of 6 of which one task fails at once, one is killed, one is asked to end; then a dependent job finishes,
# and its result is compared with that of one process.  Usage: bench/slurm.sh audit|study SOURCE COMPRESSOR... (without --out); VESTIGE names the program.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program="$root/artifacts/bin/Vestige.Cli/release/Vestige.Cli.dll"
export VESTIGE="${VESTIGE:-dotnet $program}"
read -ra vestige <<< "$VESTIGE"
home=$(mktemp -d)
# A task that fails before it does anything, as where a node lacks something.
cat > "$home/flaky" <<T
#!/bin/bash
[[ \${SLURM_ARRAY_TASK_ID:-} == 1 ]] && { echo "no such device" >&2; exit 7; }
exec $VESTIGE "\$@"
T
chmod +x "$home/flaky"
"${vestige[@]}" "$@" --out "$home/one" > "$home/one.log" 2>&1
"${vestige[@]}" plan --heartbeat 1 "$@" --out "$home/run"
cd "$home"
array=$(VESTIGE="$home/flaky" sbatch --parsable --no-requeue --array=0-5 --cpus-per-task=1 --output="$home/task-%a.log" "$root/scripts/slurm.sbatch" "$home/run")
finish=$(sbatch --parsable --dependency="afterany:$array" --output="$home/finish.log" --wrap "$VESTIGE finish $home/run")
# The first that is at a piece is killed, as the machine would kill what takes too much memory. Leases come and go while this looks.
for _ in {1..300}; do
  victim=$(cat "$home"/run/leases/* 2>/dev/null | grep -o '"Process":[0-9]*' | head -n 1 | cut -d: -f2) && kill -9 "$victim" 2>/dev/null && break
  sleep 0.2
done
# What Slurm sends a minute before the time limit, to one that has begun: of those that wait, it would be kept for all.
sleep 4
running=$(squeue --noheader --jobs="$array" --states=RUNNING --format=%A | sort -n | tail -n 1)
if [[ -n $running ]]; then echo "asked to end: $running"; scancel --batch --signal=TERM "$running" || true; fi
until [[ $(scontrol show job "$finish" | grep -o 'JobState=[A-Z]*') =~ COMPLETED|FAILED|CANCELLED ]]; do sleep 1; done
for task in 0 1 2 3 4 5; do
  echo "task $task: $(scontrol show job "${array}_$task" | grep -oE 'JobState=[A-Z]*|ExitCode=[0-9:]*' | tr '\n' ' ')$(tail -n 1 "$home/task-$task.log" 2>/dev/null || true)"
done
echo "finish: $(scontrol show job "$finish" | grep -oE 'JobState=[A-Z]*|ExitCode=[0-9:]*' | tr '\n' ' ')"
python3 - "$home" <<'P'
import json, pathlib, sys
def result(folder):
    place = pathlib.Path(sys.argv[1], folder)
    r = json.loads(next(place / name for name in ("results.json", "study.json") if (place / name).exists()).read_text())
    r.pop("speed", None); r.pop("command", None); r.get("run", {}).pop("command", None)
    return json.dumps(r)
same = result("one") == result("run")
print("results", "equal" if same else "DIFFER", sys.argv[1])
sys.exit(0 if same else 1)
P
