"""What the published programme lets participants choose: days, themes and rooms of breakouts, the hackathon.

A theme that is only in the draft cannot be chosen yet, and one that only the draft has lost still can.
"""

import datetime
from dataclasses import dataclass

from agenda.choices import Kind
from agenda.models import Day
from agenda.programme.value import Session
from agenda.publishing import chosen
from agenda.publishing.versions import published
from conference.models import Edition


@dataclass(frozen=True)
class Breakout:
    session: Session
    date: datetime.date
    choices: list[Session]  # its themes or rooms


@dataclass(frozen=True)
class Choosable:
    days: dict[datetime.date, Day]  # as published
    breakouts: list[Breakout]
    has_hackathon: bool


def choosable(edition: Edition) -> Choosable:
    programme = published(edition)
    days = {day.date: day for day in chosen.days(edition, programme)}
    breakouts, has_hackathon = [], False
    for place in programme.places.values():
        session = place.session
        if session.is_cancelled or (place.parent and place.parent.is_cancelled) or place.day.date not in days:
            continue
        has_hackathon = has_hackathon or session.kind == Kind.HACKATHON
        if session.kind == Kind.BREAKOUT:
            rooms = [one for one in session.children if one.kind in (Kind.THEME, Kind.BREAKOUT)]
            if choices := [one for one in rooms if not one.is_cancelled]:
                breakouts.append(Breakout(session, place.day.date, choices))
    return Choosable(days=days, breakouts=breakouts, has_hackathon=has_hackathon)
