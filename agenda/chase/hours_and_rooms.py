"""Gaps and clashes of time, room and person; hours; rooms."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.chase.items import Item, item, page_of
from agenda.choices import Kind
from agenda.clashes import Why, clashes, gaps
from conference.words import clock, date_only

SAID = {
    Why.TRACK: gettext_lazy("%(day)s: “%(first)s” and “%(second)s” are at the same time in one track"),
    Why.ROOM: gettext_lazy("%(day)s: “%(first)s” and “%(second)s” are at the same time in one room"),
    Why.PERSON: gettext_lazy("%(day)s: “%(first)s” and “%(second)s” are at the same time and have a person in common"),
}


def without_room(rows):
    """What stands in time, and the rooms and themes of breakouts. What lies inside another row is where that is."""
    return [
        item(row, _("%(day)s: “%(session)s” has no room") % {"day": date_only(row.day.date), "session": row})
        for row in rows.held
        if row.room_id is None and (row.parent_id is None or row.kind in (Kind.BREAKOUT, Kind.THEME))
    ]


def bad_times(rows):
    found = []
    for day in rows.days:
        found += [_clash(rows, day, clash) for clash in clashes(rows.slots[day.pk])]
        found += [_gap(day, *gap) for gap in gaps(rows.slots[day.pk])]
    return found


def _clash(rows, day, clash):
    first, second = (rows.tree.by_pk[slot.key] for slot in (clash.first, clash.second))
    return item(second, SAID[clash.why] % {"day": date_only(day.date), "first": first, "second": second})


def _gap(day, starts_at, ends_at):
    said = {"day": date_only(day.date), "from": clock(starts_at), "to": clock(ends_at)}
    return Item(_("%(day)s: nothing from %(from)s to %(to)s") % said, page_of(day))


def outside_hours(rows):
    """Rows that begin before the announced hours or end after them, and days outside the edition's dates."""
    edition = rows.edition
    found = [
        item(
            day,
            _("%(day)s is not among the days of the conference") % {"day": date_only(day.date)},
        )
        for day in rows.days
        if not edition.starts_on <= day.date <= edition.ends_on
    ]
    if edition.opens_at is None:
        return found
    late = (row for row in rows.held if row.starts_at and _is_outside(row, edition))
    return found + [item(row, _outside(row, edition)) for row in late]


def _is_outside(row, edition):
    return row.starts_at < edition.opens_at or row.ends_at > edition.closes_at


def _outside(row, edition):
    return _("%(day)s: “%(session)s” runs from %(from)s to %(to)s; announced is %(opens)s to %(closes)s") % {
        "day": date_only(row.day.date),
        "session": row,
        "from": clock(row.starts_at),
        "to": clock(row.ends_at),
        "opens": clock(edition.opens_at),
        "closes": clock(edition.closes_at),
    }
