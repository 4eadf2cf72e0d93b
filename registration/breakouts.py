"""Which theme or room of a breakout somebody goes to. Under signup.place_lock, no seat is given twice."""

from dataclasses import dataclass
from itertools import count, groupby

from agenda.choices import Kind
from agenda.models import Session
from registration.models import BreakoutChoice, BreakoutPlaces


@dataclass(frozen=True)
class Offer:
    """What the programme lets participants choose."""

    breakouts: dict  # a breakout -> its themes or rooms
    has_hackathon: bool


def offered(edition):
    sessions = list(Session.objects.filter(day__edition=edition).to_choose_between())
    inside = [session for session in sessions if session.kind != Kind.HACKATHON]
    groups = groupby(inside, key=lambda session: session.parent)
    return Offer(
        breakouts={breakout: list(choices) for breakout, choices in groups},
        has_hackathon=len(inside) < len(sessions),
    )


class Full(Exception):
    """A theme or room has no seat left."""

    def __init__(self, session):
        super().__init__(session.pk)
        self.session = session


def take_seats(registration, sessions):
    """Seats somebody in each of these themes and rooms. Raises Full, and then nobody has been seated."""
    places = {row.session_id: row.places for row in _limits(sessions)}
    choices = [_choice(registration, session, places.get(session.pk)) for session in sessions]
    if choices:
        BreakoutChoice.objects.bulk_create(choices)


def change_seats(registration, sessions):
    """Other seats than before; those that stay are kept. Says whether anything differs. Raises Full."""
    before = set(registration.breakout_choices.values_list("session", flat=True))
    now = {session.pk for session in sessions}
    registration.breakout_choices.exclude(session__in=now).delete()
    take_seats(registration, [session for session in sessions if session.pk not in before])
    return before != now


def give_seats_back(registration):
    registration.breakout_choices.all().delete()


def _limits(sessions):
    return BreakoutPlaces.objects.filter(session__in=sessions) if sessions else []


def _choice(registration, session, places):
    taken = set(session.breakout_choices.values_list("seat_no", flat=True))
    if places is not None and len(taken) >= places:
        raise Full(session)
    seat_no = next(number for number in count(1) if number not in taken)
    return BreakoutChoice(registration=registration, breakout_id=session.parent_id, session=session, seat_no=seat_no)
