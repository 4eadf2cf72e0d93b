"""Recordings of silence, as small as they can be: sample data for uploads."""

import struct

FRAME = b"\xff\xf3\x14\xc0" + bytes(20)  # MPEG 2 layer III, 8 kbit/s, 24 kHz, mono: 24 ms


def mp3(seconds=2):
    return FRAME * round(seconds / 0.024)


def m4a(seconds=2, codec=b"mp4a"):
    def atom(name, *parts):
        content = b"".join(parts)
        return struct.pack(">I", 8 + len(content)) + name + content

    header = bytes(12) + struct.pack(">II", 1000, seconds * 1000) + bytes(4)  # thousandths of a second
    sample = atom(codec, bytes(16), struct.pack(">HHIHH", 1, 16, 0, 24000, 0), atom(b"free"))
    table = atom(b"stbl", atom(b"stsd", bytes(4), struct.pack(">I", 1), sample))
    media = atom(b"mdia", atom(b"mdhd", header), atom(b"hdlr", bytes(8), b"soun", bytes(12)), atom(b"minf", table))
    return atom(b"ftyp", b"M4A ", bytes(4), b"M4A ") + atom(b"moov", atom(b"trak", media))


def ogg(seconds=2):
    def page(number, granule, content, flags=0):
        return (
            b"OggS\0"
            + struct.pack("<BqIIIB", flags, granule, 1, number, 0, 1)
            + struct.pack("B", len(content))
            + content
        )

    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 0) + struct.pack("<I", 0)
    return page(0, 0, head, 2) + page(1, 0, tags) + page(2, seconds * 48000, b"\xf8\xff\xfe", 4)
