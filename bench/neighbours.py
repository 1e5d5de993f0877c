"""Times scikit-learn and Vestige in turns on the same points and compares what they find. Run by neighbours.sh."""
import statistics
import subprocess
import sys
import time

import numpy as np
import sklearn
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_info

POINTS, DIMENSIONS, K, TURNS = 10_000, 64, 5, 15
threads, folder, command = sys.argv[1], sys.argv[2], sys.argv[3:]

rng = np.random.default_rng(1)
queries = rng.random((POINTS, DIMENSIONS), dtype=np.float32)
references = rng.random((POINTS, DIMENSIONS), dtype=np.float32)
queries.tofile(f"{folder}/queries")
references.tofile(f"{folder}/references")
server = subprocess.Popen(
    command + [f"{folder}/queries", f"{folder}/references", str(DIMENSIONS), str(K), f"{folder}/indices", f"{folder}/distances"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask(line):
    server.stdin.write(line + "\n")
    server.stdin.flush()
    return [float(word) for word in server.stdout.readline().split()]


def turn():
    start, processor = time.perf_counter(), time.process_time()
    found = NearestNeighbors(n_neighbors=K, algorithm="brute").fit(references).kneighbors(queries)
    return time.perf_counter() - start, time.process_time() - processor, *ask(threads), found[1]


for _ in range(5):
    turn()
turns = [turn() for _ in range(TURNS)]
theirs, their_processor, ours, our_processor, found = zip(*turns)
peak = ask("peak")[0] * int(threads)
server.stdin.close()
server.wait()


def squared(indices):
    return ((queries[:, None, :].astype(np.float64) - references[indices]) ** 2).sum(axis=2)


indices = np.fromfile(f"{folder}/indices", dtype=np.int32).reshape(POINTS, K)
distances = np.fromfile(f"{folder}/distances", dtype=np.float32).reshape(POINTS, K)
exact = squared(indices)
differ = indices != found[-1]
# Float rounding of 64 squares: about 64 * 2^-24 = 4e-6; a neighbour may be another where it is as near but for that.
gap = np.abs(exact - squared(found[-1]))[differ] / exact[differ]
if gap.max(initial=0) > 1e-5 or np.max(np.abs(distances - exact) / exact) > 1e-5:
    sys.exit(f"The neighbours differ: distances are up to {gap.max(initial=0):.1e} apart.")

blas = ", ".join(f"{i['internal_api']} {i['version']} ({i['num_threads']})" for i in threadpool_info() if i["user_api"] == "blas")
print(f"{POINTS:,} x {POINTS:,} points, {DIMENSIONS} dimensions, k = {K}, {threads} thread(s), {TURNS} turns; scikit-learn {sklearn.__version__}, {blas}")
print("                  best     median   median of processor time, to which other programs on the machine matter less")
for name, seconds, processor in ("scikit-learn", theirs, their_processor), ("vestige", ours, our_processor):
    print(f"  {name:<12} {min(seconds):8.4f}   {statistics.median(seconds):8.4f}   {statistics.median(processor):8.4f} s")
ratio = statistics.median(t / o for t, o in zip(theirs, ours))
print(f"  ratio        {min(theirs) / min(ours):8.2f}   {ratio:8.2f}   {statistics.median(their_processor) / statistics.median(our_processor):8.2f}")
print(f"  neighbours   {differ.sum()} of {differ.size} differ, all as near in float64 (within 1e-5)")
work = POINTS * POINTS * DIMENSIONS
floor = work / peak
print(f"  arithmetic   {3 * work / min(ours) / 1e9:.0f} GFLOP/s of subtract, multiply, add. At this machine's {peak / 1e9:.1f} G fused multiply-adds/s all distances")
print(f"               would take {floor:.4f} s: the best run is at {floor / min(ours):.0%} of that, processor time at {floor * int(threads) / min(our_processor):.0%}")
print("               (above 100% because the grid needs half as many products, of twice the lanes)")
