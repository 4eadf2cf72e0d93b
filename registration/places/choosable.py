"""What the published programme lets participants choose: days, themes and rooms of breakouts, the hackathon.

A theme that is only in the draft cannot be chosen yet, and one that only the draft has lost still can. A day that is
cancelled or over is not offered, nor what is on it. After the last day staff note who was there, and choose from all.
"""

import datetime
from dataclasses import dataclass

from agenda.choices import Kind
from agenda.models import Day
from agenda.publishing import chosen
from agenda.publishing.offered import Breakout, breakouts, takes_place
from conference.models import Edition
from registration.places.days import is_past


@dataclass(frozen=True)
class Choosable:
    days: dict[datetime.date, Day]  # as published
    breakouts: list[Breakout]
    has_hackathon: bool


def choosable(edition: Edition) -> Choosable:
    programme, rows = chosen.programme_and_days(edition)
    takes_none = {day.date for day in programme.days if not takes_place(day) or is_past(edition, day.date)}
    days = {day.date: day for day in rows if day.date not in takes_none}
    return Choosable(
        days=days,
        breakouts=[breakout for breakout in breakouts(programme) if breakout.date in days],
        has_hackathon=any(
            place.session.kind == Kind.HACKATHON
            and place.day.date in days
            and not place.session.is_cancelled
            and not (place.parent and place.parent.is_cancelled)
            for place in programme.places.values()
        ),
    )
