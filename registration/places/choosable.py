"""What the published programme lets participants choose: days, themes and rooms of breakouts, the hackathon.

A theme that is only in the draft cannot be chosen yet, and one that only the draft has lost still can.
"""

import datetime
from dataclasses import dataclass

from agenda.choices import Kind
from agenda.models import Day
from agenda.programme.value import Session
from agenda.publishing.versions import published


@dataclass(frozen=True)
class Breakout:
    session: Session
    date: datetime.date
    choices: list[Session]  # its themes or rooms


@dataclass(frozen=True)
class Choosable:
    days: dict[datetime.date, Day]  # as published, each with its row in the tables
    breakouts: list[Breakout]
    has_hackathon: bool


def choosable(edition) -> Choosable:
    programme = published(edition)
    days = _rows_of(programme.days, list(edition.days.all()))
    places = [place for place in programme.places.values() if _is_held(place) and place.day.date in days]
    breakouts = [Breakout(place.session, place.day.date, _choices(place.session)) for place in places]
    return Choosable(
        days=days,
        breakouts=[breakout for breakout in breakouts if breakout.choices],
        has_hackathon=any(place.session.kind == Kind.HACKATHON for place in places),
    )


def _is_held(place):
    return not place.session.is_cancelled and not (place.parent and place.parent.is_cancelled)


def _choices(session):
    if session.kind != Kind.BREAKOUT:
        return []
    return [one for one in session.children if one.kind in (Kind.THEME, Kind.BREAKOUT) and not one.is_cancelled]


def _rows_of(days, rows):
    """The rows by date; while staff move the conference to other dates, one after the other.

    A day that the draft has lost cannot be chosen: there is nothing to write it down with.
    """
    by_date = {row.date: row for row in rows}
    dates = [day.date for day in days]
    found = {date: by_date[date] for date in dates if date in by_date}
    return dict(zip(dates, rows, strict=False)) if len(found) < len(dates) <= len(rows) else found
