#!/usr/bin/env python3
"""Makes a folder of small files that take much: bench/bombs.py DIR, then
   /usr/bin/time -v vestige audit DIR jpeg:q=50 --memory 2GB --threads 2
Needs cjxl, cwebp, heif-enc and opj_compress for the formats of the same names; those that are missing are named."""
import os
import struct
import subprocess
import sys
import zlib

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)


def write(name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def png(width, height, interlaced=0, bits=8, colour=2):
    row = (width * bits * {0: 1, 2: 3, 6: 4}[colour] + 7) // 8 + 1
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(row)) for _ in range(height + (height if interlaced else 0))] + [packer.flush()]

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"".join(parts)) + chunk(b"IEND", b"")


def jpeg(width, height, body):
    """Grey, baseline or as the body says; the body's bits are zeros: every code is the first."""
    table = b"\xff\xdb" + struct.pack(">H", 67) + b"\0" + bytes([16]) * 64
    huffman = b"".join(b"\xff\xc4" + struct.pack(">H", 20) + bytes([kind]) + bytes([1] + [0] * 15) + b"\0" for kind in (0x00, 0x10))
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + bytes([1, 0x11, 0])
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + bytes([1, 0, 0, 63, 0])
    return b"\xff\xd8" + table + frame + huffman + scan + body + b"\xff\xd9"


def tiff(width, height, compression, strip):
    """One strip of RGB."""
    fields = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, compression), (262, 3, 1), (273, 4, 8), (277, 3, 1), (278, 4, height), (279, 4, len(strip))]
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in fields)
    return b"II*\0" + struct.pack("<I", 8 + len(strip)) + strip + struct.pack("<H", len(fields)) + entries + struct.pack("<I", 0)


def bmp(width, height):
    return b"BM" + struct.pack("<IHHI", 54 + 100, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(100)


# As large as 2 GB allows one to be (100 bytes a pixel), larger, and far larger.
SIDES = [4400, 10000, 30000]
for side in SIDES:
    blocks = ((side + 7) // 8) ** 2
    write(f"zeros-{side}.png", png(side, side))
    write(f"zeros-{side}.tif", tiff(side, side, 8, zlib.compress(bytes(side * side), 9)))
    # A flat picture: two bits a block.
    write(f"flat-{side}.jpg", jpeg(side, side, bytes(blocks * 2 // 8 + 1)))
    write(f"cut-{side}.jpg", jpeg(side, side, bytes(500)))
    write(f"header-{side}.ppm", b"P6\n%d %d\n255\n" % (side, side) + bytes(100))
    write(f"header-{side}.bmp", bmp(side, side))
write("interlaced-4400.png", png(4400, 4400, interlaced=1))
write("bits-16000.png", png(16000, 16000, bits=1, colour=0))
write("alpha-4400.png", png(4400, 4400, colour=6))
write("words-4400.pbm", b"P1\n4400 4400\n" + b"0" * (4400 * 4400))
write("nothing.jpg", b"")


def by(program, *arguments):
    try:
        subprocess.run([program, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"{program}: {error}", file=sys.stderr)


plain = os.path.join(folder, "plain.ppm")
for side in (4400, 8000):
    with open(plain, "wb") as file:
        file.write(b"P6\n%d %d\n255\n" % (side, side))
        for _ in range(side):
            file.write(b"\x80" * (side * 3))
    at = os.path.join(folder, f"flat-{side}")
    by("cjxl", plain, at + ".jxl", "-d", "0", "-e", "1")
    by("cwebp", "-lossless", "-z", "0", plain, "-o", at + ".webp")
    by("cwebp", "-q", "0", "-m", "0", plain, "-o", at + "-lossy.webp")
    by("opj_compress", "-i", plain, "-o", at + ".jp2")
    subprocess.run(["vips", "copy", plain, at + ".avif[effort=0,Q=20]"], check=False)
os.remove(plain)
