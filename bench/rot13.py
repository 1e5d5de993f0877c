#!/usr/bin/env python3
"""Text that nobody wrote: k of 13 documents with their letters turned by 13 places (the bar of part 7).

    bench/rot13.py FOLDER [--size 100000] [--deals 4] [--units 4000]

The .txt files of FOLDER are cut into documents of so many characters; 13 are the samples, of which k are turned, a third of the rest is T, the others H.
Hallucinated should be the share of the samples that was turned: for each view the mean error over deals, its spread and the largest. Nothing is written to FOLDER.
"""
import argparse, codecs, collections, json, os, pathlib, random, statistics, subprocess, tempfile

root = pathlib.Path(__file__).resolve().parent.parent
# Another build of it, as "dotnet Vestige.Cli.dll".
vestige = os.environ.get("VESTIGE", str(root / "vestige")).split()
DOCUMENTS = 13


def lay(folder, texts):
    folder.mkdir()
    for i, text in enumerate(texts):
        (folder / f"{i}.txt").write_text(text)


def views(folder, samples, units, seed):
    out = folder / "result.json"
    subprocess.run([*vestige, "audit", "--train", folder / "T", "--heldout", folder / "H", f"samples:{samples}", "--units", str(units), "--seed", str(seed), "--json", out],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    row = next(r for r in json.loads(out.read_text())["rows"] if r["kind"] == "Named")
    return [(ledger["view"], ledger["hallucinated"].get("value")) for ledger in row["ledgers"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--deals", type=int, default=4)
    parser.add_argument("--units", type=int, default=4000)
    args = parser.parse_args()
    documents = []
    for file in sorted(args.folder.rglob("*.txt")):
        text = file.read_text(errors="replace")
        documents += [text[i:i + args.size] for i in range(0, len(text) - args.size // 2, args.size)]
    errors, headlines = collections.defaultdict(list), collections.Counter()
    for deal in range(args.deals):
        # A seed of its own each: files are dealt by a hash of what they hold, so that with one seed all deals would have most of their luck in common.
        order = random.Random(deal).sample(documents, len(documents))
        drawn, rest = order[:DOCUMENTS], order[DOCUMENTS:]
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            lay(folder / "T", rest[:len(rest) // 3])
            lay(folder / "H", rest[len(rest) // 3:])
            for k in (0, 1, 3, 6, 10, 13):
                lay(folder / f"S{k}", [codecs.encode(text, "rot13") if i < k else text for i, text in enumerate(drawn)])
                truth = sum(map(len, drawn[:k])) / sum(map(len, drawn))
                read = views(folder, folder / f"S{k}", args.units, deal + 1)
                headlines[read[0][0]] += 1
                for view, value in read:
                    errors[view].append(float("nan") if value is None else value - truth)
                print(f"deal {deal}, {k} of {DOCUMENTS} ({truth:.3f}): " + ", ".join(f"{view} {'-' if value is None else format(value, '.3f')}" for view, value in read), flush=True)
    for view, found in errors.items():
        known = [error for error in found if error == error]
        if known:
            print(f"{view}: headline of {headlines[view]}, {len(known)} of {len(found)} measured, mean error {statistics.mean(known):+.4f}, "
                  f"spread {statistics.pstdev(known):.4f}, largest {max(map(abs, known)):.3f}")


main()
