"""My agenda: the sessions that a reader marked, as an address has them. The site keeps nothing of it.

The address is the memory: it can be shared, printed and subscribed to, and it says nothing about who is registered.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from agenda.feeds import inherited
from agenda.programme.value import Day, Place, Programme, Session

PARAMETER = "mine"
CODE = re.compile(r"[A-Za-z0-9_-]+")  # the id of a session
Clash = tuple[Session, Session]


@dataclass(frozen=True)
class Selection:
    codes: tuple[str, ...]  # of today's programme, in its order
    days: tuple[tuple[Day, tuple[Session, ...]], ...]  # each session with the times that hold for it
    clashes: tuple[Clash, ...]
    unknown: int = 0  # how many were asked for that are not in the programme any more

    @property
    def in_address(self) -> str:
        return in_address(self.codes)

    @property
    def clashing(self) -> set[str]:
        return {session.uuid for clash in self.clashes for session in clash}


def codes_in(values: Iterable[str]) -> list[str]:
    """Each once and in one order. Ticked boxes come one by one; an address to share has all in one, with dots."""
    return sorted({code for value in values for code in value.split(".") if CODE.fullmatch(code)})


def in_address(codes: Iterable[str]) -> str:
    return ".".join(codes)


def selected(programme: Programme, codes: Iterable[str], renamed: Mapping[str, str]) -> Selection:
    """`renamed` says which id a session has today that was published under another one."""
    wanted = {renamed.get(code, code) for code in codes}
    places = [place for code, place in programme.places.items() if code in wanted]
    by_day = [(day, [place for place in places if place.day is day]) for day in programme.days]
    return Selection(
        codes=tuple(place.session.code for place in places),
        days=tuple((day, _in_order(programme, of_day)) for day, of_day in by_day if of_day),
        clashes=tuple(clash for _day, of_day in by_day for clash in _clashes(programme, of_day)),
        unknown=len(wanted - programme.places.keys()),
    )


def _in_order(programme: Programme, places: Iterable[Place]) -> tuple[Session, ...]:
    """By their times. What has none stands last."""
    held = [as_held(programme, place) for place in places]
    return tuple(sorted(held, key=lambda session: (session.span is None, session.span)))


def as_held(programme: Programme, place: Place) -> Session:
    """With the times and the state that it has from what it stands under."""
    session, line = place.session, list(inherited.line_of(programme, place))
    timed = next((one for one in line if one.span), session)
    state = next((one.state for one in line if one.is_cancelled), session.state)
    return replace(session, starts_at=timed.starts_at, ends_at=timed.ends_at, state=state)


def _clashes(programme: Programme, places: list[Place]) -> list[Clash]:
    """Every two that are held at the same time. A part does not clash with the session it belongs to."""
    held = [(place, session) for place in places if not (session := as_held(programme, place)).is_cancelled]
    return [
        (session, other)
        for (place, session), (beside, other) in combinations(held, 2)
        if session.span and other.span and session.span[0] < other.span[1] and other.span[0] < session.span[1]
        and place.session not in inherited.line_of(programme, beside)
        and beside.session not in inherited.line_of(programme, place)
    ]  # fmt: skip
