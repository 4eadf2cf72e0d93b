"""Who appears, behind or below titles where no word says so: "Open maps - Anna Sample, Sample Network". Pure.

One such text alone proves nothing: "Workshop - Advanced Python" names no person. So all titles of a document are
looked at together: where some surely name people, the others of their shape do; else staff are asked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agenda.choices import PLAIN_KINDS
from agenda.importing.recognising.account import Answers, Choice, Question, short
from agenda.importing.recognising.entries import Entry
from agenda.importing.recognising.kinds import kind_of
from agenda.importing.recognising.likely_names import is_likely_name, is_origin
from agenda.importing.recognising.looks import Looks
from agenda.importing.recognising.names import is_person
from agenda.importing.recognising.usual_names import has_usual_name
from conference.language.khmer import KHMER_LETTER

PEOPLE, TEXT = "people", "text"
_DASH = re.compile(r"(?P<title>.{3,}?)\s+[-–—|]\s+(?P<who>[^–—|]+)")
_BY = re.compile(r"(?P<title>.{3,}?)(?:,?\s+(?:by|par|oleh)\s+|\s*ដោយ\s*៖?\s*)(?P<who>[^–—|]+)")
_WITH = re.compile(r"(?P<title>.{3,}?)(?:,?\s+(?:with|avec|dengan|cùng)\s+|\s*ជាមួយ(?:នឹង)?\s*៖?\s*)(?P<who>[^–—|]+)")
_BRACKETS = re.compile(r"(?P<title>.{3,}?)\s*\((?P<who>[^()]+)\)")
_PLACE = re.compile(
    r"\b(?:province|district|village|commune|city|town|street|road|avenue|campus|island|market|pagoda|temple|sangkat|"
    r"building|hotel|resort|restaurant|airport|rue|ville|kota|kabupaten|tỉnh|huyện|xã)\b|ខេត្ត|ស្រុក|ឃុំ|ភូមិ|ក្រុង|វត្ត",
    re.IGNORECASE,
)
_TO_A_PLACE = re.compile(
    r"\b(?:visits?|tour|trip|excursion|walk|visite|sortie|kunjungan|tham quan)\b|ទស្សនកិច្ច", re.IGNORECASE
)
_GROUP = re.compile(r"(?:[A-Z][\w’'-]*|of|for|the|and|&)(?: (?:[A-Z][\w’'-]*|of|for|the|and|on|in|&)){1,7}")
_LOOSE_DASH = re.compile(r"\s+[-–—|]\s*$")  # words in emphasis, which stood behind it, are a line of their own by now
_ORIGINS = re.compile(r",\s+|\s*[()]\s*")
_BETWEEN = re.compile(r"\s+(?:and|&|et|và|dan)\s+|\s*និង\s*|\s*;\s*")


@dataclass
class _Named:
    """A title with what may be people behind or below it."""

    entry: Entry
    title: str
    people: list[str]
    others: list[str]  # the lines below
    is_sure: bool

    @property
    def has_origin(self) -> bool:
        return all(len(_ORIGINS.split(one)) > 1 for one in self.people)

    @property
    def names(self) -> list[str]:
        return [_ORIGINS.split(name)[0] for one in self.people for name in _BETWEEN.split(one)]


def take_people_behind_titles(entries: Sequence[Entry], answers: Answers, looks: Looks) -> list[Question]:
    """Puts them where people stand. Where it is open whether they are people, it asks."""
    free = [one for one in entries if one.lines and not one.people and not one.is_end and not _is_plain(one)]
    questions = []
    shapes = {
        "below": _below(free, looks),
        "behind": _behind(_DASH, free, looks),
        "by": _behind(_BY, free, looks),
        "with": _behind(_WITH, free, looks),
        "brackets": _behind(_BRACKETS, free, looks),
    }
    for shape, found in ((shape, list(found)) for shape, found in shapes.items()):
        if not found or (shape == "below" and len(found) < 2 and not found[0].is_sure):
            continue
        if shape != "with" and len({one.title for one in found}) == len(
            found
        ):  # not "Lecture - Great Rivers", "Lecture - Anna Sample"
            for one in found:
                one.is_sure = one.is_sure or any(map(has_usual_name, one.names))
        key = f"names-{shape}"
        said = answers.get(key, "")
        sure = _sure(found) if len(found) > 1 or shape != "behind" else []
        are_open = not said and len(sure) * (2 if len(found) < 3 else 3) < len(found)
        for one in found:
            if said == PEOPLE or (not said and (one in sure or not are_open)):
                one.entry.lines, one.entry.people = [one.title, *one.others], one.people
            elif are_open:
                text = short(one.people[0])
                one.entry.doubts.append(_("“%(text)s” may be who appears here.") % {"text": text})
        if said or are_open:
            questions.append(_question(key, [one for one in found if said or one not in sure], said))
    return questions


def _sure(found: Sequence[_Named]) -> list[_Named]:
    """An organisation behind one name says that what stands behind the others is one too; a name is one everywhere."""
    names = {name for one in found if one.is_sure for name in one.names}
    have_origins = any(one.is_sure and one.has_origin for one in found)
    return [one for one in found if one.is_sure or (one.has_origin and have_origins) or names & set(one.names)]


def _is_plain(entry: Entry) -> bool:
    """A break, a meal, a visit: behind it stands a room, a sponsor or a place."""
    return kind_of("", entry.lines[0]) in PLAIN_KINDS or bool(_TO_A_PLACE.search(entry.lines[0]))


def _below(entries: Iterable[Entry], looks: Looks) -> Iterable[_Named]:
    for entry in entries:
        title, *lines = entry.lines
        people: list[str] = []
        joined = False
        while lines and _may_be_who(lines[0], looks):
            people.append(lines.pop(0))
        while people and lines and is_origin(lines[0]):
            people[-1] = f"{people[-1]}, {lines.pop(0)}"
            joined = True
        other_script = any(bool(KHMER_LETTER.search(one)) != bool(KHMER_LETTER.search(title)) for one in people)
        if people and not other_script:
            led_to = _LOOSE_DASH.search(title)
            yield _Named(
                entry,
                title[: led_to.start()] if led_to else title,
                people,
                lines,
                bool(led_to) or joined or _is_sure(people),
            )


def _behind(shape: re.Pattern[str], entries: Iterable[Entry], looks: Looks) -> Iterable[_Named]:
    """Where a column says that its cells are titles, nothing is cut off them."""
    for entry in entries:
        found = None if entry.has_title_column or entry.people else shape.fullmatch(entry.lines[0])
        if not found or kind_of("", found["title"]) in PLAIN_KINDS:
            continue
        if _may_be_who(found["who"], looks) or (shape is _DASH and _is_group(found["who"])):
            people = [found["who"].strip()]
            yield _Named(entry, found["title"], people, entry.lines[1:], shape is _BY or _is_sure(people))


def _may_be_who(text: str, looks: Looks) -> bool:
    face = looks(text)
    if is_person(text):  # found without this
        return False
    if _PLACE.search(text) or face.is_place or face.is_track or face.role or face.timed:
        return False
    return all(is_likely_name(part) for part in _BETWEEN.split(text))


def _is_group(text: str) -> bool:
    """An organisation, with capitals as a name has: "Sample Institute"."""
    return bool(_GROUP.fullmatch(text)) and is_origin(text)


def _is_sure(people: Iterable[str]) -> bool:
    """An honorific, two names with "and" between them, or the organisation behind a name."""
    return any(
        is_person(one) or len(_BETWEEN.split(one)) > 1 or any(map(is_origin, _ORIGINS.split(one)[1:]))
        for one in people
    )


def _question(key: str, found: Sequence[_Named], said: str) -> Question:
    texts = found[:3]
    return Question(
        key,
        _("“%(text)s” and others like it have no word that says what they are. Do they name who appears?")
        % {"text": short(found[0].people[0])},
        (
            Choice(
                PEOPLE,
                _("yes, they are people"),
                tuple(short(f"{one.title}: {'; '.join(one.people)}") for one in texts),
            ),
            Choice(TEXT, _("no, they belong to the text"), tuple(short(" ".join(one.entry.lines)) for one in texts)),
        ),
        said,
        bool(said),
    )
