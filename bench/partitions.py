#!/usr/bin/env python3
"""What real text reads as: random partitions of a corpus of whole files into T, H and samples (design 3.6, the bar of part 7).

    bench/partitions.py FOLDER [--runs 12] [--train 20] [--heldout 30] [--units 2000] [--mix]

Samples are real files that nobody trained on: hallucinated and memorized are 0, and their intervals should say so. With --mix, samples in which a
known share of the passages was copied from T: copied and memorized should be that share. FOLDER holds .txt files, one a work; nothing is written there.
"""
import argparse, json, os, pathlib, random, shutil, statistics, subprocess, sys, tempfile

root = pathlib.Path(__file__).resolve().parent.parent
# Another build of it, as "dotnet Vestige.Cli.dll".
vestige = os.environ.get("VESTIGE", str(root / "vestige")).split()


def audit(folder, units, row, seed):
    out = folder / "result.json"
    subprocess.run([*vestige, "audit", "--train", folder / "T", "--heldout", folder / "H", row, "--units", str(units), "--seed", str(seed), "--json", out],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    result = json.loads(out.read_text())
    named = next(r for r in result["rows"] if r["name"] == row)
    return named, result


def lay(folder, name, files):
    (folder / name).mkdir()
    for file in files:
        shutil.copy(file, folder / name / file.name)


def figure(f):
    return "-" if f.get("value") is None else f"{f['value']:.3f} [{f.get('low', float('nan')):.3f} {f.get('high', float('nan')):.3f}]"


def mixed(rng, own, train, share, size):
    """Text of one file with a share of its passages taken from T instead."""
    parts = [own[i:i + size] for i in range(0, len(own) - size, size)]
    copied = set(rng.sample(range(len(parts)), round(share * len(parts))))
    def of_training():
        text = rng.choice(train)
        at = rng.randrange(max(1, len(text) - size))
        return text[at:at + size]
    return "".join(of_training() if i in copied else part for i, part in enumerate(parts))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=12)
    parser.add_argument("--train", type=int, default=20)
    parser.add_argument("--heldout", type=int, default=30)
    parser.add_argument("--units", type=int, default=2000)
    parser.add_argument("--mix", action="store_true")
    args = parser.parse_args()
    files = sorted(args.folder.rglob("*.txt"))
    if len(files) < args.train + args.heldout + 8:
        sys.exit(f"{args.folder} holds {len(files)} .txt files; {args.train + args.heldout + 8} are needed")
    values, covered = [], 0
    for run in range(args.runs):
        # A seed of its own each, as in rot13.py: with one, most of the same files would stand in A each time.
        rng = random.Random(run)
        order = rng.sample(files, len(files))
        train, held, rest = order[:args.train], order[args.train:args.train + args.heldout], order[args.train + args.heldout:]
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            lay(folder, "T", train)
            lay(folder, "H", held)
            lay(folder, "S", rest)
            row, result = audit(folder, args.units, f"samples:{folder / 'S'}", run + 1)
            ledger = row["ledgers"][0]
            h = ledger["hallucinated"]
            if h.get("value") is not None:
                values.append(h["value"])
                covered += h["low"] <= 0 <= h["high"]
            print(f"{run}: {ledger['view']}: hallucinated {figure(h)}, memorized {figure(ledger['memorized'])}, lost {figure(ledger['lost'])}, by {result['source']['deal']['by']}", flush=True)
            if args.mix:
                texts = [f.read_text(errors="replace") for f in train]
                for share in (0.05, 0.1, 0.3):
                    shutil.rmtree(folder / "M", ignore_errors=True)
                    (folder / "M").mkdir()
                    for file in rest:
                        (folder / "M" / file.name).write_text(mixed(rng, file.read_text(errors="replace"), texts, share, 600))
                    row, _ = audit(folder, args.units, f"samples:{folder / 'M'}", run + 1)
                    print(f"   copied {share}: copied {figure(row['copying']['copied'])}, memorized {figure(row['ledgers'][0]['memorized'])}, hallucinated {figure(row['ledgers'][0]['hallucinated'])}", flush=True)
    print(f"hallucinated of real samples: mean {statistics.mean(values):.4f} over {len(values)} partitions; the interval holds 0 in {covered}")


main()
