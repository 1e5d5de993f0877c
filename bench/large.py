"""Memory and time of a large source by two workers, and of a tenth of it: 200,000 squares of 64 pixels cut from photographs, and 20 GB of text by repetition with noise.

Usage: bench/large.py PHOTOGRAPHS TEXTS FOLDER [PICTURES] [GB]       makes the sources in FOLDER (what is there already stays), then audits them
VESTIGE names the program (./vestige); photographs are decoded by vips. Prints a line each for plan, work and finish.
"""
import glob
import os
import random
import shlex
import shutil
import subprocess
import sys
import time

photographs, texts, folder, *sizes = sys.argv[1:]
pictures, gigabytes = int(sizes[0]) if sizes else 200_000, float(sizes[1]) if len(sizes) > 1 else 20
vestige = shlex.split(os.environ.get("VESTIGE", "./vestige"))
log = open(os.path.join(folder, "log"), "a")


def cut(count):
    """Squares of 64 pixels out of photographs at random places, as PPM: nothing is decoded twice."""
    to = os.path.join(folder, f"pictures-{count}")
    if os.path.exists(to):
        return to
    shutil.rmtree(to + ".part", ignore_errors=True)
    os.makedirs(to + ".part")
    sources = []
    for path in sorted(glob.glob(photographs + "/*")):
        ppm = os.path.join(to + ".part", "source.ppm")
        subprocess.run(["vips", "copy", path, ppm], check=True, stdout=log, stderr=log)
        data = open(ppm, "rb").read()
        os.remove(ppm)
        words = [word for line in data[:200].split(b"\n") if not line.startswith(b"#") for word in line.split()]
        width, height = int(words[1]), int(words[2])
        if words[0] == b"P6" and min(width, height) >= 64:
            sources.append((width, height, data[-3 * width * height:]))
    rng = random.Random(1)
    for number in range(count):
        width, height, pixels = sources[number % len(sources)]
        left, top = rng.randrange(width - 63), rng.randrange(height - 63)
        rows = b"".join(pixels[3 * (y * width + left):3 * (y * width + left + 64)] for y in range(top, top + 64))
        # Folders of a thousand, as people keep them.
        place = os.path.join(to + ".part", f"{number // 1000:04}")
        os.makedirs(place, exist_ok=True)
        with open(os.path.join(place, f"{number:07}.ppm"), "wb") as file:
            file.write(b"P6\n64 64\n255\n" + rows)
    os.rename(to + ".part", to)
    return to


def repeat(size):
    """Files of about 9 MB: all paragraphs in another order each time, some words by others all through, so that no file is another's copy."""
    to = os.path.join(folder, f"texts-{size:g}")
    if os.path.exists(to):
        return to
    shutil.rmtree(to + ".part", ignore_errors=True)
    paragraphs = [p for path in sorted(glob.glob(texts + "/*.txt")) for p in open(path, "rb").read().split(b"\n\n") if p.strip()]
    words = sorted({word for p in paragraphs[::20] for word in p.split() if word.isalpha()})
    rng, written, number = random.Random(1), 0, 0
    while written < size * 1e9:
        rng.shuffle(paragraphs)
        text = b"\n\n".join(paragraphs)
        for _ in range(8):
            text = text.replace(b" " + rng.choice(words) + b" ", b" " + rng.choice(words) + b" ")
        place = os.path.join(to + ".part", f"{number // 1000:04}")
        os.makedirs(place, exist_ok=True)
        with open(os.path.join(place, f"{number:06}.txt"), "wb") as file:
            file.write(text)
        written += len(text)
        number += 1
    os.rename(to + ".part", to)
    return to


def run(name, *commands):
    """Runs commands at the same time: seconds, processor seconds of all, peak memory of the largest."""
    start = time.monotonic()
    running = {subprocess.Popen([*vestige, *command], stdout=log, stderr=log).pid for command in commands}
    processor = largest = 0
    while running:
        pid, status, used = os.wait3(0)
        if pid not in running:
            continue
        running.remove(pid)
        if status:
            sys.exit(f"{name} ended with status {os.waitstatus_to_exitcode(status)}: see {log.name}")
        processor += used.ru_utime + used.ru_stime
        largest = max(largest, used.ru_maxrss / 1024)
    print(f"  {name}: {time.monotonic() - start:.1f} s, {processor:.1f} s of processor, {largest:.0f} MB at most", flush=True)
    return processor


def audit(source, *compressors):
    print(f"{source} {' '.join(compressors)}, load {os.getloadavg()[0]:.1f}", flush=True)
    out = source + "-out"
    shutil.rmtree(out, ignore_errors=True)
    total = run("plan", ["plan", "audit", source, *compressors, "--units", "100", "--out", out])
    total += run("work", *[["work", out, "--threads", "1"]] * 2)
    total += run("finish", ["finish", out])
    kept = sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(out) for name in names if "journal" in root or name.startswith("journal"))
    print(f"  {total:.1f} s of processor in all; journals {kept / 1e6:.1f} MB", flush=True)
    return total


if pictures:
    tenth, whole = audit(cut(pictures // 10), "jpeg:q=50"), audit(cut(pictures), "jpeg:q=50")
    print(f"{pictures} pictures: {whole / tenth / 10:.2f} of ten times a tenth")
if gigabytes:
    tenth, whole = audit(repeat(gigabytes / 10), "ngram:order=4"), audit(repeat(gigabytes), "ngram:order=4")
    print(f"{gigabytes:g} GB of text: {whole / tenth / 10:.2f} of ten times a tenth")
