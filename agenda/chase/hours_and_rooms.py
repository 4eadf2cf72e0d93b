"""Gaps and clashes of time, room and person; hours; rooms."""

from collections.abc import Hashable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.chase.items import Item
from agenda.chase.rows import Rows
from agenda.choices import Kind
from agenda.hours import span
from agenda.models import Session
from agenda.timing.clashes import Why, clashes, gaps
from conference.words import clock, date_only

SAID = {
    Why.TRACK: gettext_lazy("%(day)s: “%(first)s” and “%(second)s” are at the same time in one track"),
    Why.ROOM: gettext_lazy("%(day)s: “%(first)s” and “%(second)s” are at the same time in one room"),
    Why.PERSON: gettext_lazy("%(day)s: “%(first)s” and “%(second)s” are at the same time and have a person in common"),
}


def without_room(rows: Rows) -> list[Item]:
    """Sessions of the day, breakouts and themes without a room. Other rows under a session are in its room."""
    return [
        Item(row, _("%(day)s: “%(session)s” has no room") % {"day": date_only(row.day.date), "session": row})
        for row in rows.held
        if row.room_id is None and (row.parent_id is None or row.kind in (Kind.BREAKOUT, Kind.THEME))
    ]


def bad_times(rows: Rows) -> list[Item]:
    sessions: dict[Hashable, Session] = {row.pk: row for row in rows.held}
    found = []
    for day in rows.days:
        date, slots = date_only(day.date), rows.slots[day.pk]
        for clash in clashes(slots):
            first, second = sessions[clash.first.key], sessions[clash.second.key]
            found.append(Item(second, SAID[clash.why] % {"day": date, "first": first, "second": second}))
        for starts_at, ends_at in gaps(slots):
            between = {"day": date, "from": clock(starts_at), "to": clock(ends_at)}
            found.append(Item(day, _("%(day)s: nothing from %(from)s to %(to)s") % between))
    return found


def outside_hours(rows: Rows) -> list[Item]:
    """Rows that begin before the announced hours or end after them, and days outside the edition's dates."""
    edition, found = rows.edition, []
    for day in rows.days:
        if not edition.starts_on <= day.date <= edition.ends_on:
            text = _("%(day)s is not among the days of the conference") % {"day": date_only(day.date)}
            found.append(Item(day, text))
    if edition.opens_at is None or edition.closes_at is None:
        return found
    opens, closes = span(edition.opens_at, edition.closes_at)
    for row in rows.held:
        if row.starts_at is None or row.ends_at is None:
            continue
        begins, ends = span(row.starts_at, row.ends_at)
        if begins < opens or ends > closes:
            said = {
                "day": date_only(row.day.date),
                "session": row,
                "from": clock(row.starts_at),
                "to": clock(row.ends_at),
                "opens": clock(edition.opens_at),
                "closes": clock(edition.closes_at),
            }
            text = _("%(day)s: “%(session)s” runs from %(from)s to %(to)s; announced is %(opens)s to %(closes)s")
            found.append(Item(row, text % said))
    return found
