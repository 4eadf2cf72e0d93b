"""Recordings of silence, as small as they can be: sample data for uploads."""

import struct

FRAME = b"\xff\xf3\x14\xc0" + bytes(20)  # MPEG 2 layer III, 8 kbit/s, 24 kHz, mono: 24 ms
LARGE_FRAME = b"\xff\xf3\xe4\xc0" + bytes(476)  # the same with 160 kbit/s


def mp3(seconds=2):
    return FRAME * round(seconds / 0.024)


def m4a(seconds=2, codec=b"mp4a"):
    return _atom(b"ftyp", b"M4A ", bytes(4), b"M4A ") + _atom(b"moov", _track(codec, [(seconds, 1000)]))


def m4a_in_fragments(first=2, second=3):
    """Two pieces: of the first the head says how long a sample is, of the second each sample says it."""
    usual = _atom(b"mvex", _atom(b"trex", bytes(4), struct.pack(">IIIII", 1, 1, 1000, 0, 0)))
    runs = [
        _atom(b"trun", struct.pack(">III", 0x1, first, 0)),
        _atom(b"trun", struct.pack(">III", 0x301, second, 0), struct.pack(">II", 1000, 4) * second),
    ]
    pieces = [_atom(b"moof", _atom(b"traf", _atom(b"tfhd", bytes(4), struct.pack(">I", 1)), run)) for run in runs]
    head = _atom(b"ftyp", b"iso5", bytes(4), b"iso5") + _atom(b"moov", _track(b"mp4a", []), usual)
    return head + b"".join(piece + _atom(b"mdat", bytes(4)) for piece in pieces)


def _track(codec, samples):
    """`samples`: how many, and how many thousandths of a second each of them is."""
    header = bytes(12) + struct.pack(">II", 1000, sum(count * length for count, length in samples)) + bytes(4)
    sample = _atom(codec, bytes(16), struct.pack(">HHIHH", 1, 16, 0, 24000, 0), _atom(b"free"))
    lengths = struct.pack(">I", len(samples)) + b"".join(struct.pack(">II", *one) for one in samples)
    described = _atom(b"stsd", bytes(4), struct.pack(">I", 1), sample)
    table = _atom(b"stbl", described, _atom(b"stts", bytes(4), lengths))
    handler = _atom(b"hdlr", bytes(8), b"soun", bytes(12))
    media = _atom(b"mdia", _atom(b"mdhd", header), handler, _atom(b"minf", table))
    return _atom(b"trak", _atom(b"tkhd", bytes(12), struct.pack(">I", 1)), media)


def _atom(name, *parts):
    content = b"".join(parts)
    return struct.pack(">I", 8 + len(content)) + name + content


def ogg(seconds=2):
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 0) + struct.pack("<I", 0)
    return _page(0, 0, head, 2) + _page(1, 0, tags) + _page(2, seconds * 48000, b"\xf8\xff\xfe", 4)


def vorbis(seconds=2):
    head = b"\x01vorbis" + struct.pack("<IBIIIIBB", 0, 1, 16000, 0, 0, 0, 0, 1)
    return _page(0, 0, head, 2) + _page(1, -1, b"\x03vorbis") + _page(2, seconds * 16000, b"\0", 4)


def _page(number, granule, content, flags=0):
    return (
        b"OggS\0" + struct.pack("<BqIIIB", flags, granule, 1, number, 0, 1) + struct.pack("B", len(content)) + content
    )
