"""The days and sessions that participants choose, as they are published.

The tables are the draft. Every page, message, file and list that names a day or a session to a participant asks here.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Subquery

from agenda.models import Day, ProgrammeVersion, Session
from agenda.models.version import DATA_AS_TEXT
from agenda.programme import stored, value
from agenda.programme.value import Place, Programme
from agenda.publishing.versions import published
from conference.models import Edition


def days(edition: Edition, programme: Programme | None = None) -> list[Day]:
    """The published days that a registration can point to, each with its published date. To show, never to save."""
    programme = programme or published(edition)
    return _as_published(edition, programme, list(edition.days.all()))


def programme_and_days(edition: Edition) -> tuple[Programme, list[Day]]:
    """What is published, and its days as `days` gives them: of a published version in one query."""
    programme, days, _more = programme_days_and(edition)
    return programme, days


def programme_days_and(edition: Edition, **also: Subquery) -> tuple[Programme, list[Day], dict[str, Any] | None]:
    """The same, and in the same query what another room asks of the edition (`also`); None where there is no day."""
    latest = ProgrammeVersion.objects.newest_first_of(edition).values(text=DATA_AS_TEXT)[:1]
    rows = list(edition.days.annotate(latest=Subquery(latest), **also))
    data = rows[0].latest if rows and not edition.previews_draft else None
    programme = stored.from_text(data) if data else published(edition)
    more = {name: getattr(rows[0], name) for name in also} if rows else None
    return programme, _as_published(edition, programme, rows), more


def _as_published(edition: Edition, programme: Programme, rows: Sequence[Day]) -> list[Day]:
    return [
        Day(pk=row.pk, edition=edition, date=day.date, intro_en=day.intro.en, intro_km=day.intro.km)
        for day, row in _with_rows(programme.days, rows)
    ]


def with_rows(edition: Edition, programme: Programme | None = None) -> list[tuple[value.Day, Day]]:
    """Each published day that a registration can point to, as it is published, with its row as `days` gives it."""
    programme = programme or published(edition)
    by_date = {day.date: day for day in programme.days}
    return [(by_date[row.date], row) for row in days(edition, programme)]


def as_published(edition: Edition, chosen: Iterable[Day], programme: Programme | None = None) -> list[Day]:
    """These days as `days` gives them, in their order. One that is not published is left out."""
    keys = {day.pk for day in chosen}
    return [day for day in days(edition, programme) if day.pk in keys]


def places(programme: Programme, sessions: Iterable[Session]) -> list[Place]:
    """What is published of these sessions, and on which day. One that is not published is left out."""
    uuids = {str(session.uuid) for session in sessions}
    return [place for place in programme.places.values() if place.session.uuid in uuids]


def name(programme: Programme, session: Session) -> str:
    """As participants know it. What is not published is called as in the draft."""
    for place in places(programme, [session]):
        return str(place.session.title or place.session.kind_label)
    return str(session)


def on_days(edition: Edition, given: Iterable[Day], sessions: Iterable[Session]) -> list[Session]:
    """Those of these sessions that are published on one of these days; one that is not published goes by the draft."""
    programme = published(edition)
    keys = {day.date: row.pk for day, row in _with_rows(programme.days, list(edition.days.all()))}
    found = {place.session.uuid: keys.get(place.day.date) for place in programme.places.values()}
    wanted = {day.pk for day in given}
    return [session for session in sessions if found.get(str(session.uuid), session.day_id) in wanted]


def hours(edition: Edition, date: datetime.date) -> tuple[datetime.datetime, datetime.datetime] | None:
    """From the first session of a published day to its last."""
    day = next((day for day in published(edition).days if day.date == date), None)
    return day.hours if day else None


def _with_rows(published_days: tuple[value.Day, ...], rows: Sequence[Day]) -> list[tuple[value.Day, Day]]:
    """Each published day with its row: that of its key, else one of the same date.

    A version from before the keys were kept has dates alone. While staff move the conference to other dates, its first
    day is then the first row, and so on. With keys, a day that the draft has lost has no row to point to: one that is
    new in the draft does not take its place.
    """
    has_keys = all(day.key is not None for day in published_days)
    by_key = {row.pk: row for row in rows}
    found = {day.date: by_key.pop(day.key) for day in published_days if has_keys and day.key in by_key}
    by_date = {row.date: row for row in by_key.values()}
    found |= {day.date: by_date[day.date] for day in published_days if day.date not in found and day.date in by_date}
    if not has_keys and len(found) < len(published_days) <= len(rows):
        return list(zip(published_days, rows, strict=False))
    return [(day, found[day.date]) for day in published_days if day.date in found]
