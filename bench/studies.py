#!/usr/bin/env python3
"""Many studies of compressors made to measure: how often the intervals of all effects on hallucinated hold what was planted.

    VESTIGE=./vestige bench/studies.py [studies]

An urn's oracle invents .05 or .15 of what it says (an effect of .10), and drops none or .1 of p (no effect on what is made up). Ledgers are estimated, 500 draws
a sample, four blocks. Prints the share of studies whose three intervals hold, of discoveries that are false, and the mean estimate.
"""
import json, os, shlex, subprocess, sys, tempfile

studies = int(sys.argv[1]) if len(sys.argv) > 1 else 200
vestige = shlex.split(os.environ.get("VESTIGE", "./vestige"))
truth = {"invent": 0.10, "drop": 0.0, "invent x drop": 0.0}
held = found = false = 0
planted = []
with tempfile.TemporaryDirectory() as folder:
    for seed in range(1, studies + 1):
        file = os.path.join(folder, f"{seed}.json")
        subprocess.run([*vestige, "study", "world:urn:types=2000", "oracle", "--vary", "invent=0.05,0.15", "--vary", "drop=0,0.1", "--units", "500", "--seed", str(seed), "--json", file],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        effects = {e["term"]: e for e in json.load(open(file))["effects"] if e["response"] == "hallucinated"}
        held += all(effects[term]["low"] <= value <= effects[term]["high"] for term, value in truth.items())
        for term, value in truth.items():
            if effects[term]["low"] > 0 or effects[term]["high"] < 0:
                found += 1
                false += value == 0
        planted.append(effects["invent"]["value"])
        if seed % 20 == 0: print(f"{seed} studies: all three intervals hold in {held / seed:.3f}; {false} of {found} effects seen are false", flush=True)
print(f"planted .10, mean estimate {sum(planted) / len(planted):.4f}")
