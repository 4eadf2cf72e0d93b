"""What the columns of a row say, put into its entry. Pure."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from agenda.importing.recognising.account import ColumnRole, short
from agenda.importing.recognising.clocks import When
from agenda.importing.recognising.column_words import column_role, is_of_people
from agenda.importing.recognising.entries import Entry
from agenda.importing.recognising.grid import Slot
from agenda.importing.recognising.layouts import TIMES, Over, Reading
from agenda.importing.recognising.likely_names import contacts_in, parted, without_contacts
from agenda.importing.recognising.looks import Looks
from agenda.importing.recognising.moments import Span, read_duration, read_span
from agenda.importing.recognising.names import in_column, take_to_be_confirmed, with_origins
from agenda.importing.recognising.sessions import CANCELLED, languages

_STATUS = re.compile(
    r"\W*(?:(?:session|speaker|programme)\s)?(?:status|state|confirm(?:ed|ation)|statut|trạng thái|ស្ថានភាព|สถานะ)\W*",
    re.IGNORECASE,
)
_STILL_OPEN = re.compile(
    r"\W*(?:tentative|pending|provisional|(?:un|not |to )confirm(?:ed)?|waiting|invited|en attente|provisoire|"
    r"(?:đang )?chờ|menunggu|รอ|រង់ចាំ|កំពុងរង់ចាំ)\W*",
    re.IGNORECASE,
)

_NOT_ANY_MORE = re.compile(
    r"\W*(?:postponed|deferred|declined|withdrawn|dropped|rejected|removed|deleted|moved|reporté|supprimé|hoãn|ditunda|"
    r"dihapus|เลื่อน|ពន្យារ|លើកពេល|បដិសេធ)",
    re.IGNORECASE,
)

# What organisers note for themselves in a column of remarks: "Prepare name tags", "Budget line B4".
_REMARKS = re.compile(
    r"remark|note|comment|observation|remarque|ghi chú|catatan|keterangan|\bket\b|หมายเหตุ|ផ្សេងៗ|សម្គាល់|ចំណាំ",
    re.IGNORECASE,
)
_OF_ORGANISERS = re.compile(
    r"\b(?:prepare|preparing|print(?:ed|ing)?|due|budget|invoice|pay(?:ment)?|paid|order(?:ed)?|"
    r"confirm with|check with|call|remind|follow[ -]up|pick[ -]?up|drop[ -]?off|name ?tags?|badges?|kits?|"
    r"handheld|mics?|microphones?|projector|"
    r"à préparer|à imprimer|chuẩn bị|siapkan|menyiapkan)\b|[$€៛]\s?\d|\d\s?(?:usd|khr|[$€៛])|"
    r"ត្រូវការ|ត្រៀម|រៀបចំ|បោះពុម្ព|ថវិកា|មីក្រូ|เตรียม",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{3,30})[)\]]")
_UNTIL = re.compile(
    r"\s*(?:un)?til{1,2}\b|\s*to\b|\s*jusqu['’]à\b|\s*đến\b|\s*(?:sampai|hingga)\b|\s*(?:រហូត)?ដល់|\s*ถึง", re.IGNORECASE
)
_LEADS_ON = re.compile(r"(?:\s(?:and|&|et|và|dan|of|for)|,|និង)\s*$")


def fill(entry: Entry, reading: Reading, at: int, when: When, looks: Looks, over: Over) -> str:
    """Puts what the columns say into the entry. What goes nowhere comes back."""
    columns = reading.columns(ColumnRole.TITLE, ColumnRole.TITLE_EN, ColumnRole.TITLE_KM)
    entry.has_title_column = any(reading.headings[at] for at in columns)
    entry.has_people_column = ColumnRole.PEOPLE in reading.roles
    entry.has_room_column = ColumnRole.ROOM in reading.roles
    order = columns + [column for column in range(reading.grid.width) if column not in columns]
    seen: set[Slot] = set()
    left: list[str] = []
    for column in order:
        slot = reading.grid.lines[at].get(column)
        if slot is None or slot in seen or (when.span and slot.text in when.texts):
            continue
        seen.add(slot)
        role = reading.roles[column]
        if slot.row == at or role in (ColumnRole.ROOM, ColumnRole.TRACK, ColumnRole.LANGUAGE, ColumnRole.PEOPLE):
            left += put(entry, reading, column, slot.text, when, looks, over)
    if not entry.lines:
        entry.lines = [*when.rest]
    else:
        left += when.rest
    return " ".join(left)


def go_on(above: Entry, further: Entry) -> None:
    """Puts what a row below says behind what stands above. A name may be the second of "Anna Example and"."""
    if above.people and further.people and _LEADS_ON.search(above.people[-1]):
        above.people[-1] += f" {further.people.pop(0)}"
    for name in ("lines", "khmer", "description", "people"):
        getattr(above, name).extend(getattr(further, name))


def take_times_aside(entry: Entry) -> None:
    """Of "Welcome (10 min)" and "Dancing (until 23:00)" the bracket says when it ends, and is no part of the title.

    Where the end is known and another, the bracket stays: staff look at it.
    """
    for lines in (entry.lines, entry.khmer):
        for aside in _ASIDE.finditer(lines[0]) if lines else ():
            if _takes_aside(entry, aside["inside"]):
                lines[0] = f"{lines[0][: aside.start()]} {lines[0][aside.end() :]}".strip()
                break


def _takes_aside(entry: Entry, text: str) -> bool:
    span, length, until = entry.span, read_duration(text), _UNTIL.match(text)
    ends = read_span(text[until.end() :]) if until else None
    if span and length and entry.length in (None, length) and span.ends_at in (None, _after(span, length)):
        entry.length = length
        return True
    if span and span.ends_at is None and ends and ends[0] and not ends[0].ends_at and not ends[1]:
        entry.span = replace(span, ends_at=ends[0].starts_at, says_half=span.says_half and ends[0].says_half)
        return True
    return False


def _after(span: Span, length: timedelta) -> time:
    return (datetime.combine(date(2000, 1, 1), span.starts_at) + length).time()


def take_inside(entry: Entry, looks: Looks) -> list[Entry]:
    """The talks of a session that stand in its cell, each with its own time within that of the session."""
    times = [looks(line).timed for line in entry.lines]
    at = [
        number for number, timed in enumerate(times) if number and timed and timed[1] and _is_within(timed[0], entry)
    ]
    if len(at) < 2 or times[0]:
        return []
    inside = []
    for begins, ends in zip(at, [*at[1:], len(entry.lines)], strict=True):
        timed = times[begins]
        if timed:
            lines = [timed[1], *entry.lines[begins + 1 : ends]]
            inside.append(Entry(entry.spot, timed[0], day=entry.day, lines=lines, column=entry.column, is_inside=True))
    del entry.lines[at[0] :]
    return inside


def _is_within(span: Span, entry: Entry) -> bool:
    if not entry.span or not entry.span.ends_at:
        return False
    return entry.span.starts_at <= span.starts_at < entry.span.ends_at


def put(entry: Entry, reading: Reading, column: int, text: str, when: When, looks: Looks, over: Over) -> list[str]:
    """Puts one cell where its column says. `over` is what a line above says: a cell may say it better."""
    role, lines = reading.roles[column], text.split("\n")
    if role in (ColumnRole.TITLE, ColumnRole.TITLE_EN):
        entry.lines += lines
    elif role == ColumnRole.TITLE_KM:
        entry.khmer += lines
    elif role == ColumnRole.PEOPLE:
        return _put_people(entry, lines, reading.headings[column], looks)
    elif role in (ColumnRole.ROOM, ColumnRole.TRACK):
        name = role.value
        english, khmer = languages(lines)
        is_twice = bool(khmer) and looks(" ".join(english)).is_place  # "Hall A", below it «សាល ក»
        lines, left = (english, khmer) if is_twice else (lines, [])
        if getattr(entry, name) not in ("", getattr(over, name), text):
            return lines
        setattr(entry, name, " ".join(lines))
        return left
    elif role == ColumnRole.LANGUAGE:
        entry.language = " ".join(lines)
    elif role == ColumnRole.DESCRIPTION and not reading.headings[column]:
        entry.lines += lines
    elif role == ColumnRole.DESCRIPTION:
        if _REMARKS.search(reading.headings[column]) and _OF_ORGANISERS.search(text):
            entry.doubts.append(_("“%(text)s” may be meant for the organisers alone.") % {"text": short(text)})
        entry.description += lines
    elif role == ColumnRole.OTHER:
        entry.description.append(f"{reading.headings[column]}: {text}" if reading.headings[column] else text)
    elif role == ColumnRole.IGNORED and take_to_be_confirmed(text) == ("", True):  # under "Status"
        entry.description += lines
    elif role == ColumnRole.IGNORED:
        if _STATUS.fullmatch(reading.headings[column]):
            _put_status(entry, text)
        return [] if reading.headings[column] else lines
    elif role in (ColumnRole.NUMBER, ColumnRole.DATE) and looks(text).is_words:
        return lines
    elif role in TIMES and when.failed:
        entry.lines += lines
    elif role in TIMES and text not in when.texts:
        return lines
    return []


def _put_status(entry: Entry, text: str) -> None:
    """The word is for no public page, but a session that is cancelled is not ticked."""
    if CANCELLED.fullmatch(text):
        entry.doubts.append(_("It says that it is cancelled."))
    elif _NOT_ANY_MORE.match(text):
        entry.doubts.append(_("“%(text)s” stands there as its status.") % {"text": short(text)})
    elif _STILL_OPEN.fullmatch(text):
        entry.description.append("TBC")


def _names_places(heading: str) -> bool:
    """ "Lead / Venue": the column has both."""
    return any(column_role(part) == ColumnRole.ROOM for part in re.split(r"\s*[/,&|\n]\s*|\s+(?:and|or)\s+", heading))


def _put_people(entry: Entry, lines: list[str], heading: str, looks: Looks) -> list[str]:
    """The people of a cell. For whom the session is, or how long each may speak, is no person; how to reach one is
    left out.
    """
    contacts = [contact for line in lines for contact in contacts_in(line)]
    lines = [bare for line in lines if (bare := without_contacts(line))]
    if _names_places(heading):
        places = [line for line in lines if looks(line).is_place]
        lines = [line for line in lines if line not in places]
        entry.description += places if entry.room else []
        entry.room = entry.room or ", ".join(places)
        for line in lines:
            if not looks(line).may_be_who:
                entry.doubts.append(_("It is open whether “%(text)s” is a place.") % {"text": short(line)})
    lines, others = parted(lines, heading)
    entry.description += others
    is_further = not heading and all(looks(line).is_origin for line in lines)
    if lines and entry.people and (is_further or is_of_people(heading)):
        entry.people = with_origins(entry.people, lines)
    elif lines:
        entry.people = in_column(entry.people, lines, heading)
    return contacts
