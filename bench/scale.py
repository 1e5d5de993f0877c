"""Called by bench/scale.sh: runs the audits in turns and prints peak memory, time and their ratios."""
import os
import statistics
import subprocess
import sys
import time

folder, *command = sys.argv[1:]
sample = lambda count: [*command[:3], os.path.join(folder, str(count)), *command[3:]]


def run(arguments):
    """Wall seconds, processor seconds and peak memory in MB of one run."""
    start = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(arguments)} ended with status {status}")
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


print("load", *os.getloadavg())
# Of three short runs the median of each: one alone is off by several per cent.
few, many = [statistics.median(each) for each in zip(*(run(sample(200)) for _ in range(3)))], run(sample(2000))
for count, (wall, processor, memory) in ((200, few), (2000, many)):
    print(f"{count:5} images: {wall:6.1f} s, {processor:6.1f} s of processor, {memory:4.0f} MB at most")
print(f"memory {many[2] / few[2]:.2f} times; time per image {many[0] / few[0] / 10:.2f} times, of processor {many[1] / few[1] / 10:.2f}")
