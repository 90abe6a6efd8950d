#!/usr/bin/env python3
"""Makes the text of samples/TextGenerator again: the novels of R's package janeaustenr, line by line, one after the other.

    eng/join-novels.py PACKAGE/data/Rdata.rdb samples/TextGenerator/data/austen.txt.gz

PACKAGE is where Debian's r-cran-janeaustenr 1.0.0-1 puts it: /usr/lib/R/site-library/janeaustenr. What it writes unpacks to
the text that is committed.
"""

import gzip
import struct
import sys
import zlib

STRINGS, STRING = 16, 9


def records(data):
    """Each object of a lazy-load database: four bytes of length, then zlib."""
    while data:
        unpacked = zlib.decompressobj()
        record = unpacked.decompress(data[4:])
        assert len(record) == struct.unpack(">I", data[:4])[0]
        data = unpacked.unused_data
        yield record


def strings(record):
    """The strings of a character vector in R's XDR format."""
    assert record[:2] == b"X\n"
    version, = struct.unpack(">I", record[2:6])
    at = 14
    if version == 3:
        at += 4 + struct.unpack(">I", record[at:at + 4])[0]
    flags, count = struct.unpack(">II", record[at:at + 8])
    at += 8
    if flags & 0xff != STRINGS:
        return []
    lines = []
    for _ in range(count):
        flags, length = struct.unpack(">II", record[at:at + 8])
        assert flags & 0xff == STRING
        lines.append(record[at + 8:at + 8 + length].decode())
        at += 8 + length
    return lines


def main():
    source, target = sys.argv[1:]
    novels = [strings(record) for record in records(open(source, "rb").read())]

    # Nothing between two novels, so that the first line of one follows the last of the other: every count of tokens rests on it.
    text = "".join("\n".join(lines) for lines in novels).encode()
    with open(target, "wb") as file:
        file.write(gzip.compress(text, 9, mtime=0))


if __name__ == "__main__":
    main()
