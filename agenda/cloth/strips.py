"""A day as a strip: its sessions from left to right, tracks one above the other. Pure."""

from collections import defaultdict
from dataclasses import dataclass, replace

from agenda.cloth.yarns import Yarn, hours_of, stretches
from agenda.programme.value import Day

LANES = 4  # of more tracks, every second or third is drawn


@dataclass(frozen=True)
class Piece:
    """A session in the strip."""

    code: str
    yarn: Yarn
    start: int  # minutes since midnight
    minutes: int
    lane: int
    lanes: int


def pieces(day: Day) -> tuple[Piece, ...]:
    """In order of time. A session that goes on while a track beside it changes is one piece."""
    rows: dict[tuple[str, int, int], list[Piece]] = defaultdict(list)
    at, _ends = hours_of(day) or (0, 0)
    for stretch in stretches(day):
        step = -(-len(stretch.strands) // LANES)
        seen = stretch.strands[:: step or 1]
        for lane, strand in enumerate(seen):
            row = rows[strand.code, lane, len(seen)]
            if row and row[-1].start + row[-1].minutes == at:
                row[-1] = replace(row[-1], minutes=row[-1].minutes + stretch.minutes)
            else:
                row.append(Piece(strand.code, strand.yarn, at, stretch.minutes, lane, len(seen)))
        at += stretch.minutes
    return tuple(sorted((one for row in rows.values() for one in row), key=lambda one: (one.start, one.lane)))
