"""Days as threads that cross. Pure: the same programme gives the same cloth, and each year has a cloth of its own.

A krama is two sets of threads. The first day is the warp, the second the weft, the third lies beside the first; an
edition of one day is woven of it in both directions, as a tartan is. A cloth is a square of cells, however long the
days are: in each direction a band is as wide as its session is long.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from agenda.cloth.yarns import Stretch, Yarn, stretches
from agenda.programme.value import Programme

SIDE = 288  # cells in each direction
FRINGE = 13  # cells: how far the warp hangs out below
_RIB = 4  # cells: where sessions run side by side, each has every second or third rib
_BETWEEN_DAYS = 40  # a fortieth of the whole stays undyed between two days of one direction


@dataclass(frozen=True)
class Thread:
    """Dyed threads that lie side by side."""

    yarn: Yarn  # red or indigo
    start: int  # cells
    width: int


@dataclass(frozen=True)
class Cloth:
    warp: tuple[Thread, ...]
    weft: tuple[Thread, ...]


# Before there are sessions: the check that every krama has.
_CHECK = tuple(Thread(Yarn.INDIGO if at % 72 == 48 else Yarn.RED, at, 12) for at in range(0, SIDE, 24))
PLAIN = Cloth(_CHECK, _CHECK)


def weave(programme: Programme) -> Cloth:
    days = [found for day in programme.days if (found := stretches(day))]
    if not days:
        return PLAIN
    return Cloth(threads(_in_a_row(days[::2])), threads(_in_a_row(days[1::2] or days)))


def _in_a_row(days: Sequence[Sequence[Stretch]]) -> list[Stretch]:
    gap = sum(one.minutes for day in days for one in day) // _BETWEEN_DAYS
    row = list(days[0])
    for day in days[1:]:
        row += [Stretch(gap), *day]
    return row


def threads(row: Sequence[Stretch], cells: int = SIDE) -> tuple[Thread, ...]:
    """The dyed threads of one direction. What is shorter than a cell goes up in its neighbour."""
    whole = sum(one.minutes for one in row)
    colours: list[Yarn] = []
    minutes = 0
    for stretch in row:
        minutes += stretch.minutes
        colours += _dyed(stretch, len(colours), round(minutes * cells / whole))
    return _side_by_side(colours)


def _dyed(stretch: Stretch, start: int, end: int) -> list[Yarn]:
    """The colour of each cell from start to end."""
    strands, width = stretch.strands, end - start
    if len(strands) > 1:
        return _ribs(stretch, start, end)
    yarn = strands[0].yarn if strands else Yarn.UNDYED
    colours = [yarn] * width
    if yarn is Yarn.SINGLE:
        even = [cell for cell in range(start, end) if cell % 2 == 0][1:-1] or [start]  # those that hang out below
        colours = [Yarn.RED if cell in (even[0], even[-1]) else Yarn.UNDYED for cell in range(start, end)]
    elif width > 2:
        colours[-1] = Yarn.UNDYED  # so that two talks in a row are two bands
    return colours


def _ribs(stretch: Stretch, start: int, end: int) -> list[Yarn]:
    """Tracks that run at the same time take turns, rib by rib. Ribs run on where only one of the tracks changes."""
    number = len(stretch.strands)
    rib = _RIB if end - start >= _RIB * number else 2
    colours: list[Yarn] = []
    for cell in range(start, end):
        yarn = stretch.strands[cell // rib % number].yarn
        is_between = rib == _RIB and cell % rib == rib - 1
        is_thin = yarn is Yarn.SINGLE and cell % rib
        colours.append(Yarn.UNDYED if is_between or is_thin else Yarn.RED if yarn is Yarn.SINGLE else yarn)
    return colours


def _side_by_side(colours: Sequence[Yarn]) -> tuple[Thread, ...]:
    found: list[Thread] = []
    for cell, yarn in enumerate(colours):
        if yarn is Yarn.UNDYED:
            continue
        last = found[-1] if found else None
        if last and last.yarn is yarn and last.start + last.width == cell:
            found[-1] = Thread(yarn, last.start, last.width + 1)
        else:
            found.append(Thread(yarn, cell, 1))
    return tuple(found)
