"""Which kind of sound a file holds, and how long it plays: read from its bytes, for the kinds that telephones play.

The sound itself is counted, frame by frame. What a file says of its length is missing or wrong where a recorder wrote
that before there was any sound. Everything else than such a sound raises ValueError.
"""

import re
from collections.abc import Iterator

Box = tuple[int, int]  # where the content of a part of an M4A begins and ends

# The head of a frame of MP3: MPEG 1, 2 or 2.5, layer III, with a bit rate.
_FRAME = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]")
_MPEG_1 = 3
_HERTZ = {_MPEG_1: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def kind_and_seconds(content: bytes) -> tuple[str, float]:
    """The kind as the ending of a file's name has it."""
    if content.startswith(b"OggS"):
        return "ogg", _ogg(content)
    if content[4:8] == b"ftyp":
        return "m4a", _m4a(content)
    if content.startswith(b"ID3") or _FRAME.match(content):
        return "mp3", _mp3(content)
    raise ValueError


def _number(content: bytes, at: int, size: int = 4) -> int:
    if at + size > len(content):
        raise ValueError
    return int.from_bytes(content[at : at + size])


def _little(content: bytes, at: int, size: int) -> int:
    _number(content, at, size)
    return int.from_bytes(content[at : at + size], "little")


def _mp3(content: bytes) -> float:
    at = _after_tags(content)
    rest, in_frames, seconds = len(content) - at, 0, 0.0
    while found := _FRAME.search(content, at):
        at = found.start()
        _sync, kind, rates = found[0]
        version, hertz = kind >> 3 & 3, rates >> 2 & 3
        if hertz == 3:  # no frame begins here
            at += 1
            continue
        samples, kbits = (1152, _KBITS_1) if version == _MPEG_1 else (576, _KBITS_2)
        size = samples // 8 * 1000 * kbits[rates >> 4] // _HERTZ[version][hertz] + (rates >> 1 & 1)
        seconds += samples / _HERTZ[version][hertz]
        in_frames += size
        at += size
    if in_frames < rest / 2:  # what looks like a frame stands by chance in any large file
        raise ValueError
    return seconds


def _after_tags(content: bytes) -> int:
    """Where title, singer and pictures end. Their size is written with seven bits a byte."""
    at = 0
    while content[at : at + 3] == b"ID3":
        has_end = _number(content, at + 5, 1) & 0x10
        size = 0
        for place in range(at + 6, at + 10):
            size = size << 7 | _number(content, place, 1) & 0x7F
        at += 10 + size + (10 if has_end else 0)
    return at


def _ogg(content: bytes) -> float:
    """Each page says how many samples there were at its end; Opus begins with some that are not played."""
    packet = 27 + _number(content, 26, 1)
    if content[packet : packet + 8] == b"OpusHead":
        hertz, skipped = 48000, _little(content, packet + 10, 2)
    elif content[packet : packet + 7] == b"\x01vorbis":
        hertz, skipped = _little(content, packet + 12, 4), 0
    else:
        raise ValueError
    at, samples, stream = 0, 0, content[14:18]
    while content[at : at + 4] == b"OggS":
        until, parts = _little(content, at + 6, 8), _number(content, at + 26, 1)
        if content[at + 14 : at + 18] == stream and until < 1 << 63:  # -1: no packet ends on this page
            samples = until
        at += 27 + parts + sum(content[at + 27 : at + 27 + parts])
    return _divided(samples - skipped, hertz)


def _m4a(content: bytes) -> float:
    whole = 0, len(content)
    movie = _box(content, whole, b"moov")
    for track in _boxes(content, movie, b"trak"):
        media = _box(content, track, b"mdia")
        handler, _end = _box(content, media, b"hdlr")
        if content[handler + 8 : handler + 12] == b"soun":
            break
    else:
        raise ValueError
    table = _box(content, media, b"minf", b"stbl")
    samples, _end = _box(content, table, b"stsd")
    if content[samples + 12 : samples + 16] != b"mp4a":  # an .m4a of old telephones holds sound of another kind
        raise ValueError
    begin, end = _box(content, table, b"stts")
    ticks = sum(_number(content, at) * _number(content, at + 4) for at in range(begin + 8, end - 7, 8))
    ticks += _in_fragments(content, movie, _after_dates(content, _box(content, track, b"tkhd")))
    return _divided(ticks, _after_dates(content, _box(content, media, b"mdhd")))


def _in_fragments(content: bytes, movie: Box, track: int) -> int:
    """Recorders that may be switched off at any moment write a piece of sound and its lengths, then the next."""
    usual = 0
    for extends in _boxes(content, movie, b"mvex"):
        for begin, _end in _boxes(content, extends, b"trex"):
            if _number(content, begin + 4) == track:
                usual = _number(content, begin + 12)
    ticks = 0
    for fragment in _boxes(content, (0, len(content)), b"moof"):
        for part in _boxes(content, fragment, b"traf"):
            begin, _end = _box(content, part, b"tfhd")
            if _number(content, begin + 4) == track:
                flags, length = _number(content, begin), usual
                if flags & 8:
                    length = _number(content, begin + 8 + (8 if flags & 1 else 0) + (4 if flags & 2 else 0))
                ticks += sum(_in_run(content, begin, length) for begin, _end in _boxes(content, part, b"trun"))
    return ticks


def _in_run(content: bytes, begin: int, length: int) -> int:
    """Of samples that say each how long they are, or else are all of one length."""
    flags, count = _number(content, begin), _number(content, begin + 4)
    if not flags & 0x100:
        return count * length
    first = begin + 8 + (4 if flags & 1 else 0) + (4 if flags & 4 else 0)
    size = 4 * (flags & 0xF00).bit_count()
    return sum(_number(content, first + number * size) for number in range(count))


def _after_dates(content: bytes, box: Box) -> int:
    """What follows two dates, which a newer file writes longer."""
    begin, _end = box
    return _number(content, begin + (20 if _number(content, begin, 1) else 12))


def _boxes(content: bytes, inside: Box, kind: bytes) -> Iterator[Box]:
    at, end = inside
    while at + 8 <= end:
        size, head = _number(content, at), 8
        if size == 1:
            size, head = _number(content, at + 8, 8), 16
        size = size or end - at  # 0: to the end
        if size < head:
            raise ValueError
        if content[at + 4 : at + 8] == kind:
            yield at + head, min(at + size, end)
        at += size


def _box(content: bytes, inside: Box, *path: bytes) -> Box:
    for kind in path:
        found = next(_boxes(content, inside, kind), None)
        if found is None:
            raise ValueError
        inside = found
    return inside


def _divided(ticks: int, in_a_second: int) -> float:
    if not in_a_second:
        raise ValueError
    return ticks / in_a_second
