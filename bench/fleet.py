"""Gives an audit or a study to several workers, kills some of them at random moments, finishes it, and compares the result with that of one process.

Usage: bench/fleet.py WORKERS KILLS SEED vestige audit ... (or study ..., without --out). Speeds and the words typed are left out of the comparison: they differ.
Prints the seconds and the largest memory of each part. VESTIGE_HEARTBEAT sets the seconds between heartbeats (0.5).
"""
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

workers, kills, seed, *command = sys.argv[1:]
workers, kills, rng = int(workers), int(kills), random.Random(int(seed))
at = next(i for i, word in enumerate(command) if word in ("audit", "study"))
program, words = command[:at], command[at:]
home = tempfile.mkdtemp()
whole, fleet = os.path.join(home, "whole"), os.path.join(home, "fleet")
log = open(os.path.join(home, "log"), "w")


def start(*arguments):
    return subprocess.Popen([*program, *arguments], stdout=log, stderr=log, start_new_session=True)


def run(name, *arguments, status=0):
    """Runs to the end; prints seconds, and memory of the largest process so far."""
    begin = time.monotonic()
    process = start(*arguments)
    _, result, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(result) != status:
        sys.exit(f"{name} ended with {os.waitstatus_to_exitcode(result)}; see {log.name}")
    print(f"{name}: {time.monotonic() - begin:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s of processor, {usage.ru_maxrss / 1024:.0f} MB", flush=True)
    return time.monotonic() - begin


def results(folder):
    name = next(n for n in ("results.json", "study.json") if os.path.exists(os.path.join(folder, n)))
    with open(os.path.join(folder, name)) as file:
        result = json.load(file)
    result.pop("speed", None)
    result.pop("command", None)
    result.get("run", {}).pop("command", None)
    return json.dumps(result)


length = run("one process", *words, "--out", whole)
parts = run("plan", "plan", "--heartbeat", os.environ.get("VESTIGE_HEARTBEAT", "0.5"), *words, "--out", fleet)
begin = time.monotonic()
alive, killed, started, largest = [], 0, 0, 0
while True:
    while len(alive) < workers and not (started and all(p.poll() == 0 for p in alive) and killed >= kills):
        alive.append(start("work", fleet, "--threads", "1", "--again"))
        started += 1
    if killed < kills:
        time.sleep(rng.uniform(0.3, 1) * max(4, length) / 20)
        victim = rng.choice(alive)
        if victim.poll() is None:
            os.killpg(victim.pid, signal.SIGKILL)
            killed += 1
        alive = [p for p in alive if p is not victim and p.poll() is None]
        victim.wait()
        if subprocess.run([*program, "status", fleet], stdout=log, stderr=log).returncode == 0 and killed < kills:
            print(f"all was done after {killed} kills: its work is thrown away, and the killing goes on", flush=True)
            for p in alive:
                os.killpg(p.pid, signal.SIGKILL)
                p.wait()
            alive = []
            for name in ("done", "journals", "models", "pieces", "leases"):
                folder = os.path.join(fleet, name)
                for file in os.listdir(folder) if os.path.isdir(folder) else []:
                    os.remove(os.path.join(folder, file))
        continue
    for p in alive:
        p.wait()
    break
print(f"{workers} workers, {killed} of {started} killed: {time.monotonic() - begin:.1f} s, "
      f"at most {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB in any process so far", flush=True)
if subprocess.run([*program, "status", fleet], stdout=log, stderr=log).returncode:
    run("the rest", "work", fleet, "--again")
parts += run("finish", "finish", fleet)
same = results(whole) == results(fleet)
print(f"results {'equal' if same else 'DIFFER'} ({home})")
sys.exit(0 if same else 1)
