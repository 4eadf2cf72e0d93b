"""Who is still to say yes, and which seats have no person."""

from django.utils.translation import gettext as _

from agenda.chase.items import Item
from agenda.chase.rows import Rows
from agenda.choices import AppearanceState, Kind, Role, SessionState
from conference.words import date_only

# In these a person speaks, so a row in which no person appears is unfinished.
NEEDS_A_PERSON = {Kind.REMARK, Kind.KEYNOTE, Kind.PRESENTATION, Kind.PANEL, Kind.DISCUSSION}


def to_be_confirmed(rows: Rows) -> list[Item]:
    """Sessions and who appears in them; what has been waiting longest stands first."""
    waiting = []
    for row in rows.held:
        if row.state == SessionState.TO_BE_CONFIRMED:
            text = _("%(session)s: the session itself") % {"session": row}
            waiting.append((row.noted_on, row.pk, Item(row, text)))
    held = {row.pk for row in rows.held}
    for one in rows.appearances:
        if one.session_id in held and one.state == AppearanceState.TO_BE_CONFIRMED:
            text = (
                _("%(who)s, in “%(session)s”, since %(since)s. Call: %(call)s")
                if one.ask
                else _("%(who)s, in “%(session)s”, since %(since)s. It is not written down whom to call.")
            )
            said = {
                "who": str(one).rstrip("."),
                "session": str(one.session),
                "since": date_only(one.noted_on),
                "call": one.ask,
            }
            waiting.append((one.noted_on, one.pk, Item(one, text % said, one)))
    return [item for _day, _pk, item in sorted(waiting, key=lambda entry: entry[:2])]


def empty_seats(rows: Rows) -> list[Item]:
    """Panelists who are a group and not yet a person, and sessions in which a person speaks but none is named."""
    found = []
    for row in rows.held:
        coming = [one for one in rows.of_session[row.pk] if one.state != AppearanceState.DECLINED]
        for one in coming:
            if one.role == Role.PANELIST and one.speaker is None:
                seat = {"session": str(one.session), "seat": str(one)}
                found.append(Item(one, _("“%(session)s”: no person yet for %(seat)s") % seat))
        if row.kind in NEEDS_A_PERSON and all(one.role == Role.INTERPRETER for one in coming):
            found.append(Item(row, _("“%(session)s”: no person yet") % {"session": row}))
    return found
