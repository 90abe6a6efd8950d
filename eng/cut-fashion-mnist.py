#!/usr/bin/env python3
"""Cuts the committed subset of Fashion-MNIST out of the full set.

    eng/cut-fashion-mnist.py FOLDER_OF_THE_FULL_SET TARGET

Takes the first 12,000 training and the first 2,000 test pictures with their labels, in file order, and writes gzip IDX files
of the same names. The same input gives the same bytes on the same zlib; the unpacked bytes are the same everywhere.
"""

import gzip
import pathlib
import struct
import sys

COUNTS = {"train": 12_000, "t10k": 2_000}
IMAGES, LABELS = 0x803, 0x801  # IDX: two zero bytes, 8 for unsigned bytes, the number of dimensions


def cut(idx, count):
    """The first `count` items of an IDX file of bytes, under a header that says so."""
    magic, available = struct.unpack_from(">II", idx)
    if magic not in (IMAGES, LABELS):
        raise ValueError(f"not an IDX file of pictures or labels: magic {magic:#010x}")
    if available < count:
        raise ValueError(f"holds {available} items, {count} are wanted")
    header = 4 + 4 * (magic & 0xFF)
    item_shape = idx[8:header]
    item_size = 1
    for (length,) in struct.iter_unpack(">I", item_shape):
        item_size *= length
    items = idx[header:header + count * item_size]
    if len(items) != count * item_size:
        raise ValueError(f"ends after {len(items)} bytes of items, {count * item_size} are wanted")
    return struct.pack(">II", magic, count) + item_shape + items


def main(source, target):
    target.mkdir(parents=True, exist_ok=True)
    for split, count in COUNTS.items():
        for kind in ("images-idx3", "labels-idx1"):
            name = f"{split}-{kind}-ubyte.gz"
            part = cut(gzip.decompress((source / name).read_bytes()), count)
            (target / name).write_bytes(gzip.compress(part, compresslevel=9, mtime=0))
            print(f"{name}: {count} items")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
