"""Our own edition.json: the agenda in both languages, by uuid. All else in it is only compared."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from agenda.importing.exchange import texts
from agenda.importing.exchange.event import Event, Named, Unread, links_of
from agenda.importing.exchange.moments import clock_of, date_of
from agenda.importing.exchange.programs import Found
from conference.language.translated import Text

_NOT_THE_AGENDA = ("edition", "organisers", "purposes", "audience", "references", "other_events")
_KNOWN = {
    *("uuid", "id", "kind", "state", "label", "title", "description", "track", "room", "starts_at", "ends_at"),
    *("spoken_languages", "interpretation", "open_call", "appearances", "materials", "address", "inside"),
}


def is_edition_json(data: Any) -> bool:
    return (
        isinstance(data, Mapping) and isinstance(data.get("edition"), Mapping) and isinstance(data.get("days"), list)
    )


def read_edition_json(data: Mapping[str, Any]) -> Found:
    found = Found()
    for day in data["days"]:
        if isinstance(day, Mapping):
            date = date_of(str(day.get("date")), "", ())
            for session in _list(day.get("sessions")):
                if read := _event(session, date, found, 0):
                    found.events.append(read)
    return found


def rest_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the file says beside the agenda."""
    return {key: data.get(key) for key in _NOT_THE_AGENDA}


def _event(session: Mapping[str, Any], date: datetime.date | None, found: Found, depth: int) -> Event | None:
    number, title = found.number(), _both(session.get("title"))
    if date is None or depth > 5:
        found.unread.append(Unread(number, str(title), _("It has no time that can be read.")))
        return None
    links, no_links = links_of(
        (_both(one.get("title")), one.get("address")) for one in _list(session.get("materials"))
    )
    children = [_event(one, date, found, depth + 1) for one in _list(session.get("inside"))]
    return Event(
        row=number,
        title=title,
        date=date,
        starts_at=clock_of(str(session.get("starts_at") or "")),
        ends_at=clock_of(str(session.get("ends_at") or "")),
        guid=str(session.get("uuid") or "").lower(),
        label=_both(session.get("label")),
        description=_both(session.get("description"), several_lines=True),
        kind=str(session.get("kind") or ""),
        state=str(session.get("state") or "").replace("_", " "),
        room=_both(session.get("room")),
        track=_both(session.get("track")),
        languages=_listed(session.get("spoken_languages")),
        interpretation=_listed(session.get("interpretation")),
        open_call=session.get("open_call") is True,
        people=tuple(_named(one) for one in _list(session.get("appearances")) if _both(one.get("name"))),
        links=tuple(links),
        left=(*no_links, *(f"{key}: {value}" for key, value in session.items() if key not in _KNOWN and value)),
        children=tuple(child for child in children if child),
    )


def _named(one: Mapping[str, Any]) -> Named:
    return Named(str(_both(one.get("name"))), str(one.get("role") or ""), one.get("state") == "to_be_confirmed")


def _list(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else ""


def _both(value: Any, *, several_lines: bool = False) -> Text:
    if not isinstance(value, Mapping):
        return Text()
    clean = texts.lines if several_lines else texts.line
    return Text(*(clean(value.get(language) or "") for language in ("en", "km")))
