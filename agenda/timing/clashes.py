"""Which rows of a day clash. Pure: it takes times, tracks, rooms and people, and knows no database."""

import datetime
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice

from agenda import hours


class Why(StrEnum):
    TRACK = "track"
    ROOM = "room"
    PERSON = "person"


@dataclass(frozen=True)
class Slot:
    key: Hashable
    starts_at: datetime.time
    ends_at: datetime.time
    track: Hashable = None
    room: Hashable = None
    people: frozenset[Hashable] = frozenset()
    above: frozenset[Hashable] = frozenset()  # keys of what it stands under: a Q&A does not clash with its own session
    has_own_time: bool = True
    is_held: bool = True  # a draft or a cancelled row clashes with nothing

    @cached_property
    def span(self) -> hours.Span:
        return hours.span(self.starts_at, self.ends_at)


@dataclass(frozen=True)
class Clash:
    first: Slot
    second: Slot
    why: Why


def clashes(slots: Iterable[Slot]) -> list[Clash]:
    """Every two rows at one time in one track or one room or with one person, and why; earliest first."""
    ordered = sorted(slots, key=lambda slot: slot.span)
    found = []
    for at, one in enumerate(ordered, start=1):
        for two in islice(ordered, at, None):
            if two.span[0] >= one.span[1]:
                break  # it begins when this one is over, and so do all that follow
            found += [Clash(one, two, why) for why in _reasons(one, two) if overlap(one, two)]
    return found


def _reasons(one: Slot, two: Slot) -> Iterator[Why]:
    if one.track == two.track and one.has_own_time and two.has_own_time:
        yield Why.TRACK
    if one.room is not None and one.room == two.room:
        yield Why.ROOM
    if one.people & two.people:
        yield Why.PERSON


def overlap(one: Slot, two: Slot) -> bool:
    if one.key in two.above or two.key in one.above or not (one.is_held and two.is_held):
        return False
    return one.span[0] < two.span[1] and two.span[0] < one.span[1]


def gaps(slots: Iterable[Slot]) -> list[hours.Times]:
    """Stretches between the first row and the last in which nothing runs in any track."""
    found: list[hours.Times] = []
    busy_until: datetime.timedelta | None = None
    for slot in sorted(slots, key=lambda slot: slot.span[0]):
        begins, ends = slot.span
        if busy_until is not None and begins > busy_until:
            found.append(hours.times((busy_until, begins)))
        busy_until = max(busy_until or ends, ends)
    return found
