#!/usr/bin/env python3
"""Every mixture of T, p and nonsense, in steps of .1: the ledger should read the weights (design 3.0, the bar of part 7).

    bench/mixtures.py text FOLDER      novels cut into documents of 16 kB; nonsense: random letters for theirs
    bench/mixtures.py photos FOLDER    photographs, halved; nonsense: noise
    bench/mixtures.py text FOLDER 120  so many documents a mixture (60 and 50 without a word): what the largest of 66 errors is, is a matter of that

Prints for each figure the mean and the largest error over the 66 mixtures. FOLDER is only read.
"""
import json, os, pathlib, random, shutil, struct, subprocess, sys, tempfile, zlib

root = pathlib.Path(__file__).resolve().parent.parent
# Another build of it, as "dotnet Vestige.Cli.dll".
vestige = os.environ.get("VESTIGE", str(root / "vestige")).split()
weights = [(a, b, 10 - a - b) for a in range(11) for b in range(11 - a)]


def png(path, width, height, rng):
    rows = b"".join(b"\0" + rng.randbytes(3 * width) for _ in range(height))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def documents(kind, source, folder, rng):
    """Two lists of documents, and what writes nonsense of one document's size."""
    if kind == "photos":
        files = sorted(p for p in source.rglob("*") if p.suffix.lower() in (".jpg", ".png"))
        return files, lambda path: png(path.with_suffix(".png"), 481, 321, rng)
    pieces = folder / "pieces"
    pieces.mkdir()
    for file in sorted(source.rglob("*.txt")):
        text = file.read_text(errors="replace")
        for i in range(0, len(text) - 8000, 16000):
            (pieces / f"{file.stem}-{i:07d}.txt").write_text(text[i:i + 16000])
    shapes = sorted(pieces.iterdir())

    def nonsense(path):
        # As many words as text has, and as long: else a document of nonsense would not weigh what a real one does.
        text = rng.choice(shapes).read_text()
        path.with_suffix(".txt").write_text("".join(rng.choice("abcdefghijklmnopqrstuvwxyz") if c.isalpha() else c for c in text))

    return shapes, nonsense


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    kind, source = sys.argv[1], pathlib.Path(sys.argv[2])
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        files, nonsense = documents(kind, source, folder, rng)
        rng.shuffle(files)
        size = int(sys.argv[3]) if len(sys.argv) > 3 else 50 if kind == "photos" else 60
        quarter = len(files) // 4
        train, held, fresh = files[:quarter], files[quarter:3 * quarter], files[3 * quarter:]
        for name, part in (("T", train), ("H", held)):
            (folder / name).mkdir()
            for file in part:
                shutil.copy(file, folder / name / file.name)
        rows = []
        for a, b, c in weights:
            mix = folder / f"mix-{a}-{b}-{c}"
            mix.mkdir()
            count = lambda w: round(w * size / 10)
            for i, file in enumerate(rng.sample(train, count(a))):
                shutil.copy(file, mix / f"t{i}-{file.name}")
            for i, file in enumerate(rng.sample(fresh, count(b))):
                shutil.copy(file, mix / f"p{i}-{file.name}")
            for i in range(size - count(a) - count(b)):
                nonsense(mix / f"n{i}")
            rows.append(f"samples:{mix}")
        out = folder / "result.json"
        # A document of 16 kB has 32 passages: all are drawn, else the weights would be those of the drawn ones.
        options = ["--scale", "1/2"] if kind == "photos" else ["--units", str(max(2000, 34 * size))]
        subprocess.run([*vestige, "audit", "--train", folder / "T", "--heldout", folder / "H", *rows, *options, "--json", out], check=True, stdout=subprocess.DEVNULL)
        result = json.loads(out.read_text())
        found = {row["name"]: row for row in result["rows"]}
        errors = {"memorized": [], "generalized": [], "hallucinated": []}
        for (a, b, c), name in zip(weights, rows):
            ledger = found[name]["ledgers"][0]
            for figure, weight in (("memorized", a), ("generalized", b), ("hallucinated", c)):
                errors[figure].append(((ledger[figure].get("value") or 0) - weight / 10, (a, b, c)))
        print(f"view {ledger['view']}, {len(train)} documents in T, {len(held)} held out, {size} a mixture")
        for figure, all_errors in errors.items():
            worst = max(all_errors, key=lambda e: abs(e[0]))
            print(f"{figure:>13}: mean error {sum(e for e, _ in all_errors) / len(all_errors):+.4f}, largest {worst[0]:+.4f} at T {worst[1][0] / 10}, p {worst[1][1] / 10}, nonsense {worst[1][2] / 10}")


main()
