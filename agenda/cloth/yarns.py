"""What a day is made of, minute by minute: which sessions run, and in which yarn each is woven. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

from agenda.choices import Kind
from agenda.programme.value import Day, Session

_MINUTE = timedelta(minutes=1)


class Yarn(StrEnum):
    RED = "red"  # one person speaks, the others listen
    INDIGO = "indigo"  # everybody takes part
    SINGLE = "single"  # ceremonies: single threads of red
    UNDYED = "undyed"  # breaks, and what is cancelled


_YARNS = {
    Kind.REGISTRATION: Yarn.UNDYED,
    Kind.MEAL: Yarn.UNDYED,
    Kind.BREAK: Yarn.UNDYED,
    Kind.CEREMONY: Yarn.SINGLE,
    Kind.RECAP: Yarn.SINGLE,
    Kind.CLOSING: Yarn.SINGLE,
    Kind.PANEL: Yarn.INDIGO,
    Kind.DISCUSSION: Yarn.INDIGO,
    Kind.BREAKOUT: Yarn.INDIGO,
    Kind.THEME: Yarn.INDIGO,
    Kind.HACKATHON: Yarn.INDIGO,
    Kind.AWARD: Yarn.INDIGO,
    Kind.NETWORKING: Yarn.INDIGO,
}


def yarn_of(session: Session) -> Yarn:
    return Yarn.UNDYED if session.is_cancelled else _YARNS.get(Kind(session.kind), Yarn.RED)


@dataclass(frozen=True)
class Strand:
    """A session as far as it runs at one time."""

    code: str
    yarn: Yarn


@dataclass(frozen=True)
class Stretch:
    """Minutes in which the same sessions run. No strand: the hall is empty. Several: tracks side by side."""

    minutes: int
    strands: tuple[Strand, ...] = ()


@dataclass(frozen=True)
class _Bar:
    strand: Strand
    begins: int  # minutes since the midnight with which the day begins
    ends: int
    above: tuple[str, ...]  # the codes of what it stands under
    order: tuple[int, int]  # of its track, then of its row


def hours_of(day: Day) -> tuple[int, int] | None:
    """From its first minute to its last, counted from midnight. None where no session has times."""
    bars = list(_bars(day))
    return (min(bar.begins for bar in bars), max(bar.ends for bar in bars)) if bars else None


def stretches(day: Day) -> tuple[Stretch, ...]:
    """The whole day, without a gap: the minutes of all stretches are those from its first minute to its last.

    Where questions stand under a talk and have times of their own, they are what runs then, and not the talk.
    """
    bars = sorted(_bars(day), key=lambda bar: bar.order)
    edges = sorted({edge for bar in bars for edge in (bar.begins, bar.ends)})
    found: list[Stretch] = []
    for since, to in pairwise(edges):
        running = [bar for bar in bars if bar.begins <= since and to <= bar.ends]
        outer = {code for bar in running for code in bar.above}
        strands = tuple(bar.strand for bar in running if bar.strand.code not in outer)
        if found and found[-1].strands == strands:
            found[-1] = Stretch(found[-1].minutes + to - since, strands)
        else:
            found.append(Stretch(to - since, strands))
    return tuple(found)


def _bars(day: Day) -> Iterator[_Bar]:
    for number, top in enumerate(day.sessions):
        yield from _bars_under(top, (), (top.track_position, number), top.is_cancelled)


def _bars_under(
    session: Session, above: tuple[str, ...], order: tuple[int, int], is_cancelled: bool
) -> Iterator[_Bar]:
    """What stands under a cancelled session does not take place either."""
    if session.span:
        begins, ends = (at // _MINUTE for at in session.span)
        if begins < ends:
            yarn = Yarn.UNDYED if is_cancelled else yarn_of(session)
            yield _Bar(Strand(session.code, yarn), begins, ends, above, order)
    for child in session.children:
        yield from _bars_under(child, (*above, session.code), order, is_cancelled or child.is_cancelled)
