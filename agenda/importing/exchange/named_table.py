"""Tables that programs export, a row for each session: Sched, pretalx, Indico, Sessionize.

A table of people has headings too. What makes one of a program is that each row names its moment whole, with the date.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agenda.choices import Role
from agenda.importing.exchange import texts
from agenda.importing.exchange.event import Event, Named, Unread, at_home, day_of, links_of, why_not
from agenda.importing.exchange.moments import clock_of, date_of, length_of
from agenda.importing.exchange.programs import Found

_COLUMNS = {
    "title": (
        "title",
        "name",
        "session title",
        "proposal title",
        "event name",
        "session name",
        "event title",
        "summary",
        "activity",
        "topic",
    ),
    "begins": (
        "start",
        "event start",
        "start time",
        "starts at",
        "start date",
        "start datetime",
        "scheduled at",
        "begin",
    ),
    "ends": ("end", "event end", "end time", "ends at", "end date", "end datetime", "finish"),
    "length": ("duration", "scheduled duration", "length"),
    "room": ("room", "venue", "location", "room name"),
    "track": ("track", "event type", "tracks", "session", "category"),
    "kind": ("type", "session type", "submission type", "session format", "event subtype"),
    "language": ("language", "content locale", "languages"),
    "state": ("state", "status"),
    "abstract": ("abstract", "subtitle"),
    "description": ("description", "event description"),
    "links": ("links", "url", "video url", "slides", "resources", "attachments", "live url", "recording url"),
    "speaker": ("speakers", "speaker", "speaker names", "speaker name", "presenters", "artists", "panelists"),
    "moderator": ("moderators", "moderator", "conveners", "chair"),
    "guid": ("guid", "uuid"),
}
_ROLES = {"speaker": Role.SPEAKER, "moderator": Role.MODERATOR}
# What programs need and people do not read.
_TECHNICAL = re.compile(
    r"^(?:.*\b(?:id|ids|key|code|slug)|active|pinned|private|goers|seats|modified|created|color|active.*)$"
)
_MOMENT = re.compile(
    r"^(?P<date>.*?\d)[ T,]+(?P<clock>\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?)(?P<zone>Z|[+-]\d\d:?\d\d)?$",
    re.I,
)


@dataclass(frozen=True)
class NamedColumns:
    keys: tuple[str, ...]
    headings: tuple[str, ...]


def named_columns(table: Sequence[Sequence[str]]) -> NamedColumns | None:
    if len(table) < 2:
        return None
    headings = tuple(texts.line(cell) for cell in table[0])
    names = [re.sub(r"[_\s]+", " ", heading).casefold().strip() for heading in headings]
    keys: list[str] = []
    for name in names:
        key = next((key for key, words in _COLUMNS.items() if name in words and key not in keys), "")
        keys.append(key)
    if not {"title", "begins"} <= set(keys) or not {"ends", "length"} & set(keys):
        return None
    first = next((row for row in table[1:] if any(cell.strip() for cell in row)), [])
    at = keys.index("begins")
    return NamedColumns(tuple(keys), headings) if at < len(first) and moment_of(first[at]) else None


def moment_of(text: str) -> datetime.datetime | None:
    """A date and a time of day; None where it is open which of two numbers is the month."""
    match = _MOMENT.match(texts.line(text))
    date = date_of(match["date"].strip(" ,"), "", ()) if match else None
    clock = clock_of(match["clock"]) if match else None
    if not match or not date or not clock:
        return None
    moment = datetime.datetime.combine(date, clock)
    if match["zone"]:
        zone = match["zone"].replace("Z", "+00:00")
        moment = datetime.datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M}{zone}")
    return at_home(moment)


def read_named_table(table: Sequence[Sequence[str]], columns: NamedColumns) -> Found:
    found = Found()
    for number, row in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in row):
            read = _event(number, row, columns)
            if isinstance(read, Unread):
                found.unread.append(read)
            else:
                found.events.append(read)
    return found


def _event(number: int, row: Sequence[str], columns: NamedColumns) -> Event | Unread:
    cells = {key: texts.without_guard(cell) for key, cell in zip(columns.keys, row, strict=False) if key}
    title = texts.line(texts.plain(cells.get("title", "")))
    begins, ends = moment_of(cells.get("begins", "")), moment_of(cells.get("ends", ""))
    if begins and not ends:
        clock, length = clock_of(cells.get("ends", "")), length_of(cells.get("length", ""))
        if clock:
            ends = datetime.datetime.combine(begins.date(), clock)
        elif length:
            ends = begins + length
    reason = "" if title else _("It has no title.")
    if not begins:
        reason = reason or _("It has no time that can be read.")
    elif not ends:
        reason = reason or _("It says no end.")
    if reason or not begins or not ends:
        return Unread(number, title or texts.line(" ".join(row)), reason)
    if reason := why_not(begins, ends):
        return Unread(number, title, reason)
    links, no_links = links_of(("", one) for one in cells.get("links", "").split())
    text = "\n\n".join(filter(None, (texts.plain(cells.get(key, "")) for key in ("abstract", "description"))))
    return Event(
        row=number,
        title=texts.in_language(title),
        date=day_of(begins, ends),
        starts_at=begins.time(),
        ends_at=ends.time(),
        guid=cells.get("guid", "").strip().lower(),
        description=texts.in_language(text),
        kind=texts.line(cells.get("kind", "")),
        state=texts.line(cells.get("state", "")),
        room=texts.in_language(texts.line(cells.get("room", ""))),
        track=texts.in_language(texts.line(cells.get("track", ""))),
        languages=texts.line(cells.get("language", "")),
        people=tuple(
            Named(texts.line(name), role, is_list=True)
            for key, role in _ROLES.items()
            for name in re.split(r"[;\n]", cells.get(key, ""))
            if texts.line(name)
        ),
        links=tuple(links),
        left=(*no_links, *_more(row, columns)),
    )


def _more(row: Sequence[str], columns: NamedColumns) -> list[str]:
    """What stands in columns that have no place here."""
    found = []
    for at, cell in enumerate(row):
        key = columns.keys[at] if at < len(columns.keys) else ""
        heading = columns.headings[at] if at < len(columns.headings) else ""
        name = re.sub(r"[_\s]+", " ", heading).casefold()
        if not key and not _TECHNICAL.match(name) and re.search(r"[^\W_]", cell):
            found.append(f"{heading}: {texts.plain(cell)}" if heading else texts.plain(cell))
    return found
