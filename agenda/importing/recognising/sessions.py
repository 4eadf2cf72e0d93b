"""A placed entry -> the session that is proposed: its words taken apart, and which of them went nowhere. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, zip_longest

from django.utils.translation import gettext as _

from agenda.choices import PLAIN_KINDS, Kind, Role
from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.days import days_within
from agenda.importing.recognising.entries import Entry
from agenda.importing.recognising.joining import JOINING
from agenda.importing.recognising.kinds import kind_of
from agenda.importing.recognising.likely_names import contacts_in, is_likely_name, is_named_person, without_contacts
from agenda.importing.recognising.looks import Looks
from agenda.importing.recognising.moments import read_duration
from agenda.importing.recognising.names import TO_BE_CONFIRMED, is_person, take_to_be_confirmed, without_joints
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.placing import Placed
from agenda.importing.recognising.proposal import Person, Proposed
from agenda.importing.recognising.wording import Inside, Wording, read_wording, split_title
from conference.language.khmer import KHMER_LETTER, LATIN_LETTER, store_clean
from conference.language.translated import Text

MAX_LETTERS = {"title": 300, "label": 60}
_NO_QUESTIONS_ABOUT = {Kind.REGISTRATION, Kind.MEAL, Kind.BREAK, Kind.NETWORKING}
_LANGUAGES = {
    "en": re.compile(r"\ben\b|english|anglais|អង់គ្លេស|tiếng anh|inggris|อังกฤษ", re.IGNORECASE),
    "km": re.compile(r"\bkm\b|\bkh\b|khmer|ខ្មែរ", re.IGNORECASE),
}
_PARALLEL = re.compile(r"\b(?:parallel|simultaneous|concurrent)\b|ស្របគ្នា|song song|paralel", re.IGNORECASE)
_LETTERED_ROOM = re.compile(r"(?:room|hall|salle|phòng|ruang|table)\s+(?:[A-Z]|\d{1,3})\s*:\s*\S", re.IGNORECASE)
_LETTERED = re.compile(r"[A-Da-d1-4][).]\s|[A-D]:\s|[កខគឃ][.)៖]\s")
# "1." before a name; "Panelists are the representatives of:" before several.
_ANNOUNCES = re.compile(r"^\d{1,2}[.)]\s+|(?:the\s+)?panell?ists?\b[^.:]*:\s*$", re.IGNORECASE)
_CANCELLED_WORDS = r"(?:cancel+ed|annulée?|dibatalkan|(?:đã )?h[uủ]ỷ?|ยกเลิก|(?:បាន)?(?:លុបចោល|បោះបង់))"
CANCELLED = re.compile(rf"\W*(?:{_CANCELLED_WORDS})\W*", re.IGNORECASE)  # alone, under "Status"
_NOTHING = re.compile(  # in a cell of a grid: nothing takes place there
    r"\W*(?:free|empty|vacant|available|not used|unused|open slot|no session|n/?a|nil|none|libre|trống|kosong|ว่าง|"
    r"ទំនេរ|គ្មាន)\W*",
    re.IGNORECASE,
)
_CANCELLED = re.compile(
    rf"^\W*{_CANCELLED_WORDS}(?:\s*[)\]:៖]|\s+[-–—])|[(\[]\s*{_CANCELLED_WORDS}\s*[)\]]|\s[-–—]\s*{_CANCELLED_WORDS}\W*$",
    re.IGNORECASE,
)
_BY = {"by", "par", "oleh", "ដោយ", "โดย"}  # before who appears
_BOTH = re.compile(r"([^/|]+?)(?:\s*[/|]\s*|\s+[-–—]\s+)([^/|]+)")
_ASIDE = re.compile(r"\(([^()]{3,25})\)")
_YEAR = re.compile(r"[0-9០-៩]{4}")
_WEEK = timedelta(days=7)
_LATIN_WORDS = re.compile(r"[a-z]{3}|Q ?& ?A")
_WORD = re.compile(r"[\w\u1780-\u17d3\u0e00-\u0e7f]+")


def proposed(placed: Placed, known: Known) -> Proposed:
    entry = without_reach(placed.entry)
    in_english, in_khmer = languages(entry.lines)
    # Under a Khmer title stands "ODC" in Latin letters: that is who appears, and no English title. So do Khmer names
    # under an English one.
    names = [line for line in in_english if (in_khmer or entry.khmer) and known.alone(line)]
    if in_english and len(names) < len(in_english):
        names += [line for line in in_khmer if is_named_person(line)]
    in_khmer = [line for line in in_khmer if line not in names] + entry.khmer
    apart = {"has_people": entry.has_people_column or bool(entry.people), "has_room": entry.has_room_column}
    in_english = [line for line in in_english if line not in names]
    english = read_wording(in_english, known, whole=entry.has_title_column, **apart)
    khmer = read_wording(in_khmer, known, whole=entry.has_title_column, **apart)
    for wording in (english, khmer):
        _cut(wording, entry)
    title, label = Text(english.title, khmer.title), Text(english.label, khmer.label)
    people = list(english.people or khmer.people)
    people += known.people("\n".join([*names, *entry.people]))
    waits = any(one.is_to_be_confirmed and not one.name for one in people)  # "TBC" where a name should stand
    description = [text for text in entry.description if take_to_be_confirmed(text) != ("", True)]
    waits |= len(description) < len(entry.description)
    kind = kind_of(label.en or label.km, title.en or title.km)
    if kind == Kind.PRESENTATION and any(one.role == Role.PANELIST for one in people):
        kind = Kind.PANEL
    role = Role.ORGANISER if kind in (Kind.HACKATHON, Kind.AWARD) else Role.SPEAKER
    further_english, further_khmer = languages(line for text in description for line in text.split("\n"))
    return Proposed(
        row=entry.spot.row,
        block=entry.spot.block,
        date=placed.date,
        kind=kind,
        title=title,
        label=label,
        description=Text(
            "\n".join([*english.description, *further_english]), "\n".join([*khmer.description, *further_khmer])
        ),
        starts_at=placed.starts_at,
        ends_at=placed.ends_at,
        is_to_be_confirmed=english.is_to_be_confirmed or khmer.is_to_be_confirmed or waits,
        open_call=english.open_call or khmer.open_call,
        people=tuple(replace(one, role=one.role or role) for one in people if one.name),
        room=(entry.room or english.room or khmer.room).rstrip(" :៖"),
        track=entry.track.rstrip(" :៖"),
        languages=tuple(code for code, words in _LANGUAGES.items() if words.search(entry.language)),
        children=tuple(_inside(placed, english, khmer)),
        doubt=" ".join(dict.fromkeys(entry.doubts)),
    )


def without_reach(entry: Entry) -> Entry:
    """How to reach a person is on no public page."""
    if not contacts_in("\n".join([*entry.lines, *entry.khmer, *entry.description, *entry.people])):
        return entry
    return replace(
        entry,
        lines=list(map(without_contacts, entry.lines)),
        khmer=list(map(without_contacts, entry.khmer)),
        description=list(map(without_contacts, entry.description)),
        people=list(map(without_contacts, entry.people)),
    )


def _cut(wording: Wording, entry: Entry) -> None:
    """A title that is too long to be one ends where a sentence seems to begin: staff look at it."""
    if len(wording.title) <= MAX_LETTERS["title"]:
        return
    title, sentence = split_title(f"{wording.title}.")
    if sentence and len(title) <= MAX_LETTERS["title"]:
        wording.title = title
        wording.description.insert(0, sentence.removesuffix("."))
        entry.doubts.append(_("The title was too long: it is cut where a sentence seems to begin."))


def languages(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """(English lines, Khmer lines): a cell may hold both, one below the other."""
    english, khmer = [], []
    for line in chain.from_iterable(map(_in_each, lines)):
        if len(KHMER_LETTER.findall(line)) > len(LATIN_LETTER.findall(line)):
            khmer.append(store_clean(line))
        else:
            english.append(line)
    return english, khmer


def _in_each(line: str) -> list[str]:
    """ "Opening / ពិធីបើក" is two lines, each in its language; «ទិន្នន័យ / ODC» is one, and so is a person behind it."""
    both = _BOTH.fullmatch(line)
    parts = list(both.groups()) if both else [line]
    scripts = [(bool(KHMER_LETTER.search(part)), bool(_LATIN_WORDS.search(part))) for part in parts]
    are_both = sorted(scripts) == [(False, True), (True, False)] and not any(map(is_person, parts))
    return parts if are_both else [line]


def _inside(placed: Placed, english: Wording, khmer: Wording) -> Iterator[Proposed]:
    """Themes and rooms, which have no time of their own; each theme with as many topics as it says."""
    row, block = placed.entry.spot.row, placed.entry.spot.block
    topic = Proposed(row, placed.date, Kind.TOPIC, Text(), block=block)
    for in_english, in_khmer in zip_longest(english.inside, khmer.inside, fillvalue=Inside()):
        label = Text(in_english.label, in_khmer.label)
        is_room = label.en.lower().startswith("room") or label.km.startswith("បន្ទប់")
        yield Proposed(
            row=row,
            block=block,
            date=placed.date,
            kind=Kind.BREAKOUT if is_room else Kind.THEME,
            title=Text(in_english.title, in_khmer.title),
            label=label,
            room=(label.en or label.km) if is_room else "",
            children=(topic,) * max(in_english.topics, in_khmer.topics),
        )


def why_not(session: Proposed) -> str:
    """Why it cannot be written, or ""."""
    if not session.title:
        return _("This row has a time and no title.")
    for part in session.walk():
        for name, most in MAX_LETTERS.items():
            text = getattr(part, name)
            if max(len(text.en), len(text.km)) > most:
                return _("The title or its label is too long: “%(text)s”") % {"text": f"{str(text)[:60]}…"}
    return ""


def doubt_about_title(entry: Entry, session: Proposed, looks: Looks) -> str:
    """A title that looks like something else: the wrong column may have been taken for the titles."""
    face = looks(session.title.en or session.title.km)
    if any(_CANCELLED.search(text) for text in (session.title.en, session.title.km)):
        return _("It says that it is cancelled.")
    if entry.column >= 0 and any(_NOTHING.fullmatch(text) for text in (session.title.en, session.title.km)):
        return _("It may say that nothing takes place there.")
    if session.title.en and session.title.km and _stand_twice(session.people):
        return _("The same people may stand here twice, in English and in Khmer.")
    if session.kind not in PLAIN_KINDS and not entry.khmer and session.title.en and is_likely_name(session.title.km):
        return _("“%(text)s” may be a name: it is taken as the Khmer title.") % {"text": session.title.km}
    if any(_has_own_time(line, session, looks) for line in [*entry.lines[1:], *entry.khmer[1:]]):
        return _("A line below its title names a time or a day of its own.")
    if _are_several([*entry.lines, *entry.khmer, *entry.description], looks):
        return _("Its lines look like several sessions at the same time.")
    behind = face.timed_behind
    if behind and (behind[0].starts_at, behind[0].ends_at or session.ends_at) != (session.starts_at, session.ends_at):
        return _("The title names another time.")
    if JOINING.search(f"{session.title.en}\n{session.title.km}\n{session.description.en}"):
        return _("A link to a meeting, or a password, stands in it: is it for everyone?")
    if (length := _length_of(session.title.en)) and length != _lasts(session):
        return _("The title names another length.")
    if face.timed or face.is_number or face.length or not face.letters:
        return _("The title looks like a number or a time.")
    if face.role in (ColumnRole.TIME, ColumnRole.DATE, ColumnRole.ROOM, ColumnRole.NUMBER):
        return _("The title looks like the heading of a column.")
    is_known = entry.has_title_column or entry.column >= 0
    if face.is_place and session.kind == Kind.PRESENTATION and not is_known:
        return _("The title looks like a room.")
    return ""


def _length_of(title: str) -> timedelta | None:
    """30 minutes of "Registration (30 min)"."""
    return next((length for part in _ASIDE.findall(title) if (length := read_duration(part))), None)


def _lasts(session: Proposed) -> timedelta | None:
    if not session.starts_at or not session.ends_at:
        return None
    begins, ends = (datetime.combine(session.date, time) for time in (session.starts_at, session.ends_at))
    return (ends - begins) % timedelta(days=1)


def _has_own_time(line: str, session: Proposed, looks: Looks) -> bool:
    """A line that may be a session or a heading of a day, and was taken as a part of the session above."""
    face = looks(line)
    timed = face.timed or face.timed_behind or face.timed_within
    if not timed or not session.starts_at or not session.ends_at:
        return bool(_YEAR.search(line)) and any(
            (date := day.on(session.date)) and timedelta() < abs(date - session.date) < _WEEK
            for day, _before, _behind in days_within(line)
        )
    return bool(timed[0].ends_at) and not session.starts_at <= timed[0].starts_at <= session.ends_at


def _stand_twice(people: Sequence[Person]) -> bool:
    """As many in Khmer letters as in Latin ones."""
    khmer = sum(bool(KHMER_LETTER.search(one.name)) for one in people)
    return 0 < khmer == len(people) - khmer


def _are_several(lines: list[str], looks: Looks) -> bool:
    """ "Workshop A: ...", below it "Workshop B: ..."; or "Parallel sessions", below it both."""
    named = [
        bool(looks(line).is_track or _LETTERED.match(line) or (_LETTERED_ROOM.match(line) and ":" in line[:30]))
        for line in lines
    ]
    return sum(named) > 1 and (named[0] or bool(_PARALLEL.search(lines[0])))


def with_questions(sessions: Iterable[Proposed]) -> list[Proposed]:
    """Each Q&A under the session before it that can have one."""
    nested: list[Proposed] = []
    for session in sessions:
        above = nested[-1] if nested else None
        if session.kind == Kind.QA and above and above.kind not in _NO_QUESTIONS_ABOUT | {Kind.QA}:
            nested[-1] = replace(above, children=(*above.children, session))
        else:
            nested.append(session)
    return nested


def left_of(entry: Entry, session: Proposed, looks: Looks) -> str:
    """The words of an entry that stand nowhere in its session: named in the preview."""
    texts = [entry.language]
    for one in session.walk():
        for text in (one.title, one.label, one.description):
            texts += [text.en, text.km]
        texts += [one.room, one.track, *(person.name for person in one.people)]
    there = set(_words(" ".join(texts)))
    left = [entry.language] if entry.language and not session.languages else []
    for line in [*entry.lines, *entry.khmer, *entry.description, *entry.people]:
        if all(word in there for word in _words(line)):
            continue
        words = _words(without_joints(TO_BE_CONFIRMED.sub(" ", _ANNOUNCES.sub("", line))))
        gone = [word for word in words if word not in there and word not in _BY]
        if not gone or (session.open_call and len(gone) < 5) or any(one.children for one in session.walk()):
            continue
        lead = line.partition(":")[0].partition("៖")[0]
        if len(lead) < len(line) and looks(lead).role in (ColumnRole.PEOPLE, ColumnRole.ROOM):
            gone = [word for word in gone if word not in _words(lead)]
        left += gone
    return " ".join(left)


def _words(text: str) -> list[str]:
    return _WORD.findall(store_clean(text).casefold())
