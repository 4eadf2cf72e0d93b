"""Who is still to say yes, and which seats have nobody."""

from itertools import chain

from django.utils.translation import gettext as _

from agenda.chase.items import Item, item, page_of
from agenda.choices import AppearanceState, Kind, Role, SessionState
from conference.words import date_only

# Somebody speaks in these, so a row without anybody is unfinished.
NEEDS_SOMEBODY = {Kind.REMARK, Kind.KEYNOTE, Kind.PRESENTATION, Kind.PANEL, Kind.DISCUSSION}


def to_be_confirmed(rows):
    """Sessions and who appears in them, whoever has been waiting longest first."""
    held = {row.pk for row in rows.held}
    people = [one for one in rows.appearances if one.session_id in held and _waits(one)]
    waiting = chain(
        ((row.noted_on, row.pk, _session_item(row)) for row in rows.held if row.state == SessionState.TO_BE_CONFIRMED),
        ((one.noted_on, one.pk, _person_item(one)) for one in people),
    )
    return [found for _day, _pk, found in sorted(waiting, key=lambda entry: entry[:2])]


def _waits(appearance):
    return appearance.state == AppearanceState.TO_BE_CONFIRMED


def _session_item(row):
    return item(row, _("%(session)s: the session itself") % {"session": row})


def _person_item(one):
    said = {
        "who": str(one).rstrip("."),
        "session": str(one.session),
        "since": date_only(one.noted_on),
        "call": one.ask,
    }
    if one.ask:
        text = _("%(who)s, in “%(session)s”, since %(since)s. Call: %(call)s") % said
    else:
        text = _("%(who)s, in “%(session)s”, since %(since)s. Nobody has written down whom to call.") % said
    return Item(text, page_of(one), one)


def empty_seats(rows):
    """Panelists who are a group and not yet a person, and sessions in which somebody speaks but nobody is named."""
    found = []
    for row in rows.held:
        coming = [one for one in rows.of_session[row.pk] if one.state != AppearanceState.DECLINED]
        unnamed = [one for one in coming if one.role == Role.PANELIST and one.speaker is None]
        found += [item(one, _("“%(session)s”: no person yet for %(seat)s") % _seat(one)) for one in unnamed]
        if row.kind in NEEDS_SOMEBODY and not coming:
            found.append(item(row, _("“%(session)s”: nobody yet") % {"session": row}))
    return found


def _seat(one):
    return {"session": str(one.session), "seat": str(one)}
