"""Kills an audit or a study at random moments, lets it finish, and compares what it left with an unbroken run's.

Usage: bench/kill.py KILLS SEED vestige audit|study ... (without --out). Speeds and the command line are left out of the comparison: they differ.
"""
import filecmp
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

kills, seed, *command = sys.argv[1:]
rng = random.Random(int(seed))


def run(folder, wait=None):
    """Runs to the end, or kills it after so many seconds; seconds it lived, and whether it was killed."""
    start = time.monotonic()
    with open(folder + ".log", "a") as log:
        process = subprocess.Popen([*command, "--out", folder], stdout=log, stderr=log, start_new_session=True)
        try:
            status = process.wait(wait)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return time.monotonic() - start, True
    if status:
        sys.exit(f"ended with status {status}; see {folder}.log")
    return time.monotonic() - start, False


def results(folder):
    if os.path.exists(os.path.join(folder, "study.json")):
        with open(os.path.join(folder, "study.json")) as file:
            result = json.load(file)
        result.pop("command")
        return json.dumps(result)
    with open(os.path.join(folder, "results.json")) as file:
        result = json.load(file)
    result.pop("speed")
    result["run"].pop("command")
    return json.dumps(result)


def exhibits(folder):
    return sorted(os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names if name.endswith((".png", ".txt")))


home = tempfile.mkdtemp()
whole, broken = os.path.join(home, "whole"), os.path.join(home, "broken")
length, _ = run(whole)
print(f"unbroken: {length:.1f} s", flush=True)
done = 0
while done < int(kills):
    lived, killed = run(broken, rng.uniform(0.1, 0.5) * length)
    print(f"{'killed after' if killed else 'had finished in'} {lived:.1f} s", flush=True)
    if not killed:
        subprocess.run(["rm", "-rf", broken], check=True)
    done += killed
length, _ = run(broken)
print(f"finished in {length:.1f} s")
same = results(whole) == results(broken)
pictures = exhibits(whole) == exhibits(broken) and all(filecmp.cmp(os.path.join(whole, p), os.path.join(broken, p), shallow=False) for p in exhibits(whole))
print(f"results {'equal' if same else 'DIFFER'}; {len(exhibits(whole))} exhibits {'equal' if pictures else 'DIFFER'}")
sys.exit(0 if same and pictures else 1)
