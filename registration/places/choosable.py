"""What the published programme lets participants choose: days, themes and rooms of breakouts, the hackathon.

With it, and in the same query, comes what an edition asks besides (models.extra).

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
from registration.models import ExtraQuestion
from registration.models.extra import asked_of_each, read_asked
from registration.places.days import is_past


@dataclass(frozen=True)
class Choosable:
    days: dict[datetime.date, Day]  # as published
    breakouts: list[Breakout]
    has_hackathon: bool
    questions: list[ExtraQuestion]  # the edition's own, in the order of the form


def choosable(edition: Edition) -> Choosable:
    programme, rows, more = chosen.programme_days_and(edition, questions=asked_of_each())
    takes_none = {day.date for day in programme.days if not takes_place(day) or is_past(edition, day.date)}
    days = {day.date: day for day in rows if day.date not in takes_none}
    asked = read_asked(more["questions"]) if more else list(ExtraQuestion.objects.of(edition).asked())
    return Choosable(
        days=days,
        questions=asked,
        breakouts=[breakout for breakout in breakouts(programme) if breakout.date in days],
        has_hackathon=any(
            place.session.kind == Kind.HACKATHON
            and place.day.date in days
            and not place.session.is_cancelled
            and not (place.parent and place.parent.is_cancelled)
            for place in programme.places.values()
        ),
    )
