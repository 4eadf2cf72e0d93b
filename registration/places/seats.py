"""Seats in the themes and rooms of breakouts. Under lock.place_lock, no seat is given twice."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from agenda.models import Session
from registration.models import BreakoutChoice, Registration


@dataclass(frozen=True)
class Choice:
    """A theme or room, and the breakout it is in, by their uuids: staff may change the ids in addresses meanwhile."""

    breakout: str
    session: str


class NoSeatLeft(Exception):
    """A theme or room has no seat left, or is no more."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(choice.session)
        self.choice = choice


@dataclass
class _Room:
    """A session as the tables have it."""

    pk: int
    places: int | None  # None: no limit
    taken: set[int] = field(default_factory=set)  # numbers of seats, from 1


def take_seats(registration: Registration, choices: Iterable[Choice]) -> None:
    """A seat in each of these themes and rooms, or none at all: raises NoSeatLeft."""
    choices = list(choices)
    if not choices:
        return
    rooms: dict[str, _Room] = {}  # the sessions and their breakouts, by uuid
    found = Session.objects.filter(uuid__in={uuid for one in choices for uuid in (one.session, one.breakout)})
    for uuid, pk, places, seat_no in found.values_list("uuid", "pk", "places__places", "breakout_choices__seat_no"):
        room = rooms.setdefault(str(uuid), _Room(pk, places))
        if seat_no is not None:
            room.taken.add(seat_no)
    seats = []
    for choice in choices:
        chosen, breakout = rooms.get(choice.session), rooms.get(choice.breakout)
        if chosen is None or breakout is None:
            raise NoSeatLeft(choice)
        if chosen.places is not None and len(chosen.taken) >= chosen.places:
            raise NoSeatLeft(choice)
        seat_no = next(number for number in count(1) if number not in chosen.taken)
        seats.append(
            BreakoutChoice(registration=registration, breakout_id=breakout.pk, session_id=chosen.pk, seat_no=seat_no)
        )
    BreakoutChoice.objects.bulk_create(seats)


def change_seats(registration: Registration, choices: Iterable[Choice], *, stay: Iterable[Session] = ()) -> bool:
    """Other seats than before, besides those that `stay`; those that are the same are kept.

    Says whether anything differs. Raises NoSeatLeft.
    """
    before = {str(uuid) for uuid in registration.breakout_choices.values_list("session__uuid", flat=True)}
    now = {choice.session for choice in choices} | {str(session.uuid) for session in stay}
    registration.breakout_choices.exclude(session__uuid__in=now).delete()
    take_seats(registration, [choice for choice in choices if choice.session not in before])
    return before != now
