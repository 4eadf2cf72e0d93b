"""JSON and XML of conference software: frab's and pretalx's schedule, Indico's timetable, lists of sessions.

They call the same things by different names, and each name has one meaning here. A key that is not among them and
carries words is named as left out.
"""

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _
from lxml import etree

from agenda.choices import Role
from agenda.hours import YEARS
from agenda.importing.exchange import texts
from agenda.importing.exchange.edited import STATES
from agenda.importing.exchange.event import HALL, Event, Named, Unread, at_home, day_of, joined, links_of, why_not
from agenda.importing.exchange.moments import clock_of, date_of, length_of
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.within import check_depth
from conference.files import limits
from conference.language.translated import Text
from conference.words import digits

Json = dict[str, Any]

# A text in quotes, also one that never ends; or a bracket.
_SIGN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
MOST_EVENTS = limits.ROWS
_DEEPEST = 3  # blocks in blocks
_HALF_A_DAY = datetime.timedelta(hours=12)

TITLE = ("title", "name", "summary", "event_title", "session_title")
BEGINS = (
    "start",
    "startDate",
    "start_time",
    "starts_at",
    "startsAt",
    "start_date",
    "date_from",
    "event_start",
    "begin",
)
ENDS = ("end", "endDate", "end_time", "ends_at", "endsAt", "end_date", "date_to", "event_end")
LENGTH = ("duration", "length")
ROOM = ("room", "roomFullname", "venue", "location", "room_name", "stage")
TRACK = ("track", "session", "category")
KIND = ("type", "submission_type", "event_type", "session_type", "entryType", "format", "kind")
LANGUAGE = ("language", "content_locale", "languages")
STATE = ("state", "status")
GUID = ("guid", "uuid")
TEXT = ("subtitle", "abstract", "description")
PEOPLE = {
    "persons": "",
    "speakers": Role.SPEAKER,
    "presenters": Role.SPEAKER,
    "moderators": Role.MODERATOR,
    "conveners": Role.MODERATOR,
    "chairs": Role.MODERATOR,
    "panelists": Role.PANELIST,
    "panellists": Role.PANELIST,
    "facilitators": Role.FACILITATOR,
    "organisers": Role.ORGANISER,
    "organizers": Role.ORGANISER,
    "interpreters": Role.INTERPRETER,
}
LINKS = ("links", "attachments", "resources", "materials", "material", "files", "folders")
INSIDE = ("entries", "contributions", "children", "subContributions")
_WHOLE = ("results", "sessions", "timetable", "categoryId", "occurrences", "talks")  # of a conference, no session
_NAMES = ("public_name", "full_public_name", "name", "fullName", "full_name", "display_name", "displayName", "_text")
_ADDRESS = ("url", "href", "download_url", "link_url", "resource")
# What programs need and people do not read.
_TECHNICAL = re.compile(
    r"^(?:\$?schema|_(?!text$).*|.*id|id|code|slug|url|.*_?url|uniqueId|uri|logo|avatar.*|image|photo|icon|colou?r.*|text_?color"
    r"|index|date|day_start|day_end|sort.*|timezone|tz|.*hash|.*fossil|friendlyId|slot_count|is_.*|do_not_.*|.*Locator"
    r"|contributionId|sessionCode|sessionSlotId|conferenceId|style|created.*|updated.*|modified.*|inheritLoc|inheritRoom"
    r"|roomIds?|seq|slot|emailHash|gender|position|optout|feature.*|pdf|message)$",
    re.IGNORECASE,
)


@dataclass
class Found:
    events: list[Event] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    zone: str = ""  # if it is not that of the hall
    seen: int = 0

    def number(self) -> int:
        """Of the next session, as one counts them in the file."""
        self.seen += 1
        if self.seen > MOST_EVENTS:
            said = _("This file has more than %(number)s sessions. Send one day at a time.")
            raise Unreadable(said % {"number": digits(MOST_EVENTS)})
        return self.seen


def parsed_json(text: str) -> Any:
    depth = 0
    for sign in _SIGN.finditer(text):
        if sign[0] in "[{":
            depth += 1
            check_depth(depth)
        elif sign[0] in "]}":
            depth -= 1
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("This is no JSON that can be read: it is cut off or damaged.")) from error


def parsed_xml(text: str) -> Json:
    """schedule.xml as the value that schedule.json is. No entities, no document types, no net."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.lstrip("\ufeff \r\n\t").encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(_("This is no XML that can be read: it is cut off or damaged.")) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable(_("This XML defines a document type, which no schedule does. It is not read."))
    days = []
    for day in root.iter("day"):
        rooms: dict[str, list[Json]] = {}
        for room in day.iter("room"):
            if events := [_event_of_xml(one) for one in room.iterchildren("event")]:
                rooms.setdefault(room.get("name") or "", []).extend(events)
        days.append({"date": day.get("date"), "rooms": rooms})
    conference = {child.tag: child.text for child in root.iterfind("conference/*") if isinstance(child.tag, str)}
    return {"schedule": {"conference": {**conference, "days": days}}}


def _event_of_xml(element: Any) -> Json:
    event: Json = {key: value for key, value in element.attrib.items() if key in ("guid", "id")}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        parts = [one for one in child if isinstance(one.tag, str)]
        if parts and len({one.tag for one in parts}) == 1:
            event[child.tag] = [{**one.attrib, "_text": "".join(one.itertext()).strip()} for one in parts]
        elif parts:
            event[child.tag] = {one.tag: "".join(one.itertext()).strip() for one in parts}
        else:
            event[child.tag] = "".join(child.itertext())
    return event


def read_programs(data: Any) -> Found | None:
    """The sessions of a value out of JSON; None where it names none."""
    found = Found()
    conference = _conference(data)
    if conference is not None:
        _schedule(conference, found)
    elif isinstance(data, Mapping) and isinstance(data.get("talks"), list):
        _widget(data, found)
    else:
        for one in _lists(data):
            _take(one, found, None)
    return found if found.events or found.unread else None


def _conference(data: Any) -> Json | None:
    """With its wrapper, without `schedule`, without `conference`, or the days alone."""
    for path in (("schedule", "conference"), ("schedule",), ("conference",), ()):
        value = data
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, Mapping) and isinstance(value.get("days") or value.get("day"), list):
            return dict(value)
    return None


def _schedule(conference: Json, found: Found) -> None:
    zone = str(conference.get("time_zone_name") or "")
    for day in _list(conference.get("days") or conference.get("day")):
        date = _date(day.get("date"))
        rooms = day.get("rooms") or day.get("room") or day.get("events") or {}
        if isinstance(rooms, Mapping):
            events = [(room, event) for room, inside in rooms.items() for event in _list(inside)]
        else:
            events = [("", event) for event in _list(rooms)]
            if any("events" in event for _room, event in events):
                events = [(str(room.get("name", "")), one) for _r, room in events for one in _list(room.get("events"))]
        for room, event in events:
            _take({"room": room, **event} if room else event, found, date, zone)


def _widget(data: Mapping[str, Any], found: Found) -> None:
    """pretalx's own page: sessions that name rooms, tracks and speakers by their keys."""
    names = {
        kind: {one.get("id", one.get("code")): one for one in _list(data.get(kind))}
        for kind in ("rooms", "tracks", "speakers")
    }
    for talk in _list(data["talks"]):
        people = talk.get("speakers")
        keys = people if isinstance(people, list) else []
        by_code = {one.get("code"): one for one in _list(data.get("speakers"))}
        whole = {
            **talk,
            "room": _name(names["rooms"].get(_hashable(talk.get("room")))),
            "track": _name(names["tracks"].get(_hashable(talk.get("track")))),
            "speakers": [by_code[key] for key in keys if isinstance(key, str) and key in by_code],
        }
        _take(whole, found, None)


def _hashable(key: Any) -> Any:
    return key if isinstance(key, int | str) else None


def _lists(data: Any) -> Iterator[Json]:
    """Every session of a value that is no schedule: a list, the results of an answer, days and their entries."""
    if isinstance(data, list):
        for one in data:
            yield from _lists(one)
    elif isinstance(data, Mapping):
        has_time = _first(data, BEGINS) or _first(data, ("slot", "date"))
        if _first(data, TITLE) and has_time and not any(data.get(key) for key in _WHOLE):
            yield dict(data)
            return
        for value in data.values():
            if isinstance(value, list | Mapping):
                yield from _lists(value)


def _take(event: Json, found: Found, day: datetime.date | None, zone: str = "") -> None:
    read = _event(event, found, day, zone, 0)
    if read:
        found.events.append(read)


def _event(event: Json, found: Found, day: datetime.date | None, zone: str, depth: int) -> Event | None:
    number = found.number()
    slot = event.get("slot")
    if isinstance(slot, Mapping):  # of pretalx's answers
        event = {**event, **{key: slot[key] for key in ("start", "end", "room") if slot.get(key)}}
    title = _localised(_first(event, TITLE))
    span = _span(event, day, found, zone)
    if not title or isinstance(span, str):
        reason = span if isinstance(span, str) else _("It has no title.")
        found.unread.append(Unread(number, str(title) or str(_first(event, ROOM) or ""), reason))
        return None
    begins, ends = span
    people, left = _people(event)
    subtitle = texts.line(_name(event.get("subtitle")))
    state = subtitle if texts.one_of(subtitle, texts.in_each_language(STATES)) else ""  # as this site writes it
    links, no_links = links_of(_links(event))
    children = [one for one in _inside(event, found, day, zone, depth) if one]
    return Event(
        row=number,
        title=_without(title, state),
        date=_day(begins, ends, day),
        starts_at=begins.time(),
        ends_at=ends.time(),
        guid=str(_first(event, GUID) or "").lower(),
        description=_description(event, state),
        kind=texts.line(_name(_first(event, KIND))),
        state=state or texts.line(_name(_first(event, STATE))),
        room=_localised(_first(event, ROOM)),
        track=_localised(_first(event, TRACK)),
        languages=texts.line(_listed(_first(event, LANGUAGE))),
        people=tuple(people),
        links=tuple(links),
        left=(*left, *no_links, *_more(event)),
        children=tuple(children),
    )


def _inside(event: Json, found: Found, day: datetime.date | None, zone: str, depth: int) -> Iterator[Event | None]:
    """The talks of a block, as Indico has them."""
    for key in INSIDE if depth < _DEEPEST else ():
        inside = event.get(key)
        for one in _list(list(inside.values()) if isinstance(inside, Mapping) else inside):
            yield _event(one, found, day, zone, depth + 1)


def _day(begins: datetime.datetime, ends: datetime.datetime, day: datetime.date | None) -> datetime.date:
    """The day under which the file has it, as far as that can be; else the day of its beginning."""
    own = day_of(begins, ends)
    return day if day and day == begins.date() and own != day and begins.time() >= datetime.time(4) else own


def _span(
    event: Json, day: datetime.date | None, found: Found, zone: str
) -> tuple[datetime.datetime, datetime.datetime] | str:
    """From when to when, in the time of the hall; or why that cannot be said."""
    begins = _moment(_first(event, ("date",)), None, zone) if day else None
    begins = begins or _moment(_first(event, BEGINS), day or _date(event.get("date")), zone)
    if begins is None:
        return _("It has no time that can be read.")
    ends = _moment(_first(event, ENDS), begins.date(), zone)
    length = _length(_first(event, LENGTH))
    if length is not None and (ends is None or day):
        ends = begins + length
    if ends is None:
        return _("It says no end.")
    for moment in (begins, ends):
        if moment.tzinfo and moment.utcoffset() != moment.astimezone(HALL).utcoffset():
            found.zone = zone or str(moment.tzinfo)
    begins, ends = at_home(begins), at_home(ends)
    if ends <= begins and ends.date() == begins.date() and ends + datetime.timedelta(days=1) - begins < _HALF_A_DAY:
        ends += datetime.timedelta(days=1)
    return why_not(begins, ends) or (begins, ends)


def _moment(value: Any, day: datetime.date | None, zone: str) -> datetime.datetime | None:
    """ISO, a clock of a day, or Indico's {"date", "time", "tz"}."""
    if isinstance(value, Mapping):
        date, clock = _date(value.get("date")), clock_of(str(value.get("time") or ""))
        if date is None or clock is None:
            return None
        return datetime.datetime.combine(date, clock, _zone(str(value.get("tz") or "")))
    if not isinstance(value, str):
        return None
    try:
        if len(value) > 10:
            found = datetime.datetime.fromisoformat(value.strip()).replace(second=0, microsecond=0)
            if found.year not in YEARS:
                return None
            return found if found.tzinfo else found.replace(tzinfo=_zone(zone))
    except ValueError:
        pass
    clock = clock_of(value)
    return datetime.datetime.combine(day, clock) if day and clock else None


def _zone(name: str) -> datetime.tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _length(value: Any) -> datetime.timedelta | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return datetime.timedelta(minutes=int(value)) if 0 < value < 10_000 else None
    return length_of(str(value))


def _date(value: Any) -> datetime.date | None:
    return date_of(str(value), "", ()) if value else None


def _without(title: Text, state: str) -> Text:
    """This site writes the state behind the title too."""
    return Text(*(text.removesuffix(f" ({state})") for text in (title.en, title.km))) if state else title


def _description(event: Json, state: str) -> Text:
    """Subtitle, abstract and description below each other; in both languages where the file has both."""
    parts = [_localised(event.get(name), plain=True) for name in TEXT]
    if state:
        parts[0] = Text()
    return Text(joined(*(part.en for part in parts)), joined(*(part.km for part in parts)))


def _people(event: Json) -> tuple[list[Named], list[str]]:
    people: list[Named] = []
    left: list[str] = []
    for key, role in PEOPLE.items():
        for one in _each(event.get(key)):
            if isinstance(one, Mapping):
                name = _name(_first(one, _NAMES)) or " ".join(
                    str(one[part]) for part in ("first_name", "firstName", "last_name", "familyName") if one.get(part)
                )
                group = _name(one.get("affiliation") or one.get("organisation") or one.get("organization"))
                whole = f"{texts.line(name)} ({texts.line(group)})" if name and group else texts.line(name or group)
                said = str(one.get("role") or "").casefold()
                known = role or (said if said in Role.values else Role.SPEAKER)
                left += [texts.plain(one[part]) for part in ("biography", "abstract", "description") if one.get(part)]
            else:
                whole, known = texts.line(one), role or Role.SPEAKER
            if whole and not any(other.name == whole for other in people):
                people.append(Named(texts.plain(whole), known))
    return people, left


def _links(event: Json) -> Iterator[tuple[object, object]]:
    for key in LINKS:
        for one in _each(event.get(key)):
            if isinstance(one, Mapping):
                nested = [*_each(one.get("attachments")), *_each(one.get("resources")), *_each(one.get("files"))]
                for part in [one, *(part for part in nested if isinstance(part, Mapping))]:
                    title = _name(_first(part, ("title", "_text", "name", "filename", "description")))
                    yield title, _first(part, _ADDRESS)
            else:
                yield "", one


def _more(event: Json) -> Iterator[str]:
    """Words under keys that have no place here."""
    known = {*TITLE, *BEGINS, *ENDS, *LENGTH, *ROOM, *TRACK, *KIND, *LANGUAGE, *STATE, *GUID, *TEXT}
    known |= {*PEOPLE, *LINKS, *INSIDE}
    # The second of two names of one thing, such as Indico's building beside the room.
    for group in (TITLE, ROOM, TRACK, KIND):
        taken = next((key for key in group if event.get(key)), "")
        for key in group:
            other = _name(event.get(key)) if key != taken and isinstance(event.get(key), str | Mapping) else ""
            if other and key != "entryType" and other != _name(event.get(taken)):
                yield f"{key}: {texts.plain(other)}"
    for key, value in event.items():
        if key not in known and not _TECHNICAL.match(key):
            if isinstance(value, str) and re.search(r"[^\W\d_]", value) and not re.match(r"https?://", value):
                yield f"{key}: {texts.plain(value)}"
            elif isinstance(value, list | Mapping) and value:
                yield from (f"{key}: {texts.plain(one)}" for one in _words_in(value))


def _words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if re.search(r"[^\W\d_]", value) and not re.match(r"https?://|(?:true|false)$", value):
            yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if not _TECHNICAL.match(str(key)):
                yield from _words_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _words_in(one)


def _first(value: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((value[name] for name in names if value.get(name)), None)


def _list(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []  # type: ignore[misc]


def _each(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values()) if all(isinstance(one, Mapping) for one in value.values()) else [value]
    if isinstance(value, list):
        return value
    return [part for part in re.split(r"[;\n]", value) if part.strip()] if isinstance(value, str) else []


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else _name(value)


def _name(value: Any) -> str:
    """The name of a thing: a text, a text by language, or a thing that has a name."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        return str(_localised(value)) or _name(_first(value, ("name", "title", "full_name")))
    return ""


def _localised(value: Any, *, plain: bool = False) -> Text:
    """{"en": ..., "km": ...}, or a text in the language in which it is written."""
    clean = texts.plain if plain else (lambda text: texts.line(texts.plain(text)))
    if isinstance(value, Mapping):
        by_language = {str(key)[:2].lower(): one for key, one in value.items() if isinstance(one, str) and one.strip()}
        if {"en", "km"} & set(by_language):
            return Text(clean(by_language.get("en", "")), clean(by_language.get("km", "")))
        named = _first(value, ("name", "title"))
        if named is not None:
            return _localised(named, plain=plain)
        return texts.in_language(clean(next(iter(by_language.values()), "")))
    return texts.in_language(clean(_name(value))) if value else Text()
