"""Seats in the themes and rooms of breakouts. Under lock.place_lock, no seat is given twice."""

from dataclasses import dataclass, field
from itertools import count

from agenda.models import Session
from registration.models import BreakoutChoice


@dataclass(frozen=True)
class Choice:
    """A theme or room, and the breakout it is in, by their codes in the programme."""

    breakout: str
    session: str


class NoSeatLeft(Exception):
    """A theme or room has no seat left, or is no more."""

    def __init__(self, choice):
        super().__init__(choice.session)
        self.choice = choice


@dataclass
class _Room:
    """A session as the tables have it."""

    pk: int
    places: int | None  # None: no limit
    taken: set = field(default_factory=set)

    def free_seat(self):
        """Its number, from 1; None if there is none."""
        if self.places is not None and len(self.taken) >= self.places:
            return None
        return next(number for number in count(1) if number not in self.taken)


def take_seats(registration, choices):
    """Seats somebody in each of these themes and rooms. Raises NoSeatLeft, and then nobody has been seated."""
    if choices:
        rooms = _rooms(choices)
        BreakoutChoice.objects.bulk_create([_seat(registration, choice, rooms) for choice in choices])


def change_seats(registration, choices):
    """Other seats than before; those that stay are kept. Says whether anything differs. Raises NoSeatLeft."""
    before = set(registration.breakout_choices.values_list("session__code", flat=True))
    now = {choice.session for choice in choices}
    registration.breakout_choices.exclude(session__code__in=now).delete()
    take_seats(registration, [choice for choice in choices if choice.session not in before])
    return before != now


def give_seats_back(registration):
    registration.breakout_choices.all().delete()


def _rooms(choices):
    """The sessions and their breakouts by code, with the seats that are taken: one query."""
    codes = {code for choice in choices for code in (choice.session, choice.breakout)}
    rooms = {}
    found = Session.objects.filter(code__in=codes)
    for code, pk, places, seat_no in found.values_list("code", "pk", "places__places", "breakout_choices__seat_no"):
        rooms.setdefault(code, _Room(pk, places)).taken.add(seat_no)
    for room in rooms.values():
        room.taken.discard(None)
    return rooms


def _seat(registration, choice, rooms):
    room, breakout = rooms.get(choice.session), rooms.get(choice.breakout)
    seat_no = room and breakout and room.free_seat()
    if not seat_no:
        raise NoSeatLeft(choice)
    return BreakoutChoice(registration=registration, breakout_id=breakout.pk, session_id=room.pk, seat_no=seat_no)
