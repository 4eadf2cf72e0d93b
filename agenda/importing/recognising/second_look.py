"""A second look at what was read, before anything of it is ticked: what looks as if it were read wrongly waits. Pure.

Each rule of the reading takes what it knows. Here all sessions are looked at as a colleague would who proof-reads: a
name or a time is left in a title, a title is torn, one is much longer than the others, two sessions overlap.
"""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from django.utils.translation import gettext as _

from agenda.choices import Kind
from agenda.importing.recognising.account import Answers, ColumnRole, short
from agenda.importing.recognising.column_words import column_role
from agenda.importing.recognising.likely_names import is_likely_name, is_topic
from agenda.importing.recognising.names import HONORIFIC, is_person, role_named
from agenda.importing.recognising.people import loose
from agenda.importing.recognising.proposal import Proposed
from agenda.importing.recognising.usual_names import has_usual_name

_CAPITALS = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹ"
_KHMER_HONORIFIC = (
    r"(?:(?<![\u1780-\u17ff])|(?<=ដោយ)|(?<=និង)|(?<=របស់))"
    r"(?:ឯកឧត្តម|លោកជំទាវ|លោកស្រី|អ្នកស្រី|អ្នកឧកញ៉ា|ឧកញ៉ា|(?:លោក|កញ្ញា|បណ្ឌិត|សាស្ត្រាចារ្យ)(?=\s))\s*[\u1780-\u17d3]"
)
# An honorific with a name behind it. Those of Thailand are also the beginning of other words.
_NAMED = re.compile(rf"(?<![\w’'])(?=[{_CAPITALS}]){HONORIFIC}\s*(?:[{_CAPITALS}][\w’'.-]+)|{_KHMER_HONORIFIC}")
_CLOCK = re.compile(
    r"(?<![\d:.])\d{1,2}\s?[:hH៖ៈ]\s?\d{2}(?!\d)|(?<!\d)\d{1,2}\s?[ap]\.?m\b|(?<!\d)[០-៩]{1,2}[:៖ៈ][០-៩]{2}"
)
_LABEL = re.compile(r"(?P<label>[^\W\d][\w\u1780-\u17d3’' -]{2,30}?)\s*[:៖]\s*\S")
_PLACES = re.compile(
    r"(?:room|venue|location|place|where|salle|lieu|phòng|địa điểm|tempat|ruang|ទីកន្លែង|បន្ទប់|ទីតាំង|สถานที่|ห้อง)",
    re.IGNORECASE,
)
_NAMES_INSIDE = re.compile(
    rf"(?:(?P<by>\b(?:by|with|avec|par|oleh|dengan)\s+(?:[a-zà-ÿ]{{3,}}\s+)?)|(?<=\s)|^)"
    rf"(?P<name>[{_CAPITALS}][\w’'-]+(?:\s[{_CAPITALS}][\w’'-]+){{1,2}})"
)
# A place behind the words, as out of a page whose columns are lost: "Registration Lobby", "Opening Hall A".
_PLACE_BEHIND = re.compile(
    r"(?<=\w)\s+(?P<place>"
    r"(?:(?:Meeting |Conference |Training |Class)?(?:Room|Hall|Lab|Salle|Ruang|Phòng) (?:[A-Z]|\d{1,4}[A-Za-z]?)|"
    r"Lobby|Foyer|Auditorium|Ballroom|Atrium|Courtyard|Canteen|Rooftop|(?:Main|Grand|Big) (?:Hall|Stage|Room)))$"
)
_LED_TO = re.compile(r"[-–—,|:]\s(?:\S+\s?){0,2}$")  # "Coffee break - Grand Foyer"
# "What is code? with Sreyneang"
_ONE_NAME = re.compile(
    rf"(?<=[a-z?!.”\"])\s(?:by|with|avec)\s"
    rf"(?P<name>[{_CAPITALS}][a-zà-ÿ]{{2,}}(?:\s(?:&|and|et)\s[{_CAPITALS}][a-zà-ÿ]{{2,}})?)$"
)
_BEHIND = re.compile(r"\s[-–—]\s(?P<who>[^\W\d_]\w+(?: [^\W\d_]\w+)?)$")
_TORN = re.compile(
    r"(?:\b(?:of|and|the|for|with|to|de|et|des|du|và|của|dan|untuk)|[,:(/&“‘]|[-–—])$|^[)\],.;]", re.IGNORECASE
)
_PAIRS = ("()", "[]", "“”", "«»")
_LONG, _LONGER = 150, 4  # letters; times as long as the others
_SENTENCES = re.compile(r"[a-z]{4}[.!?]\s+[A-Z][a-z]|។\s*\S")
_NO_NAME = re.compile(r"https?:|@|\d{4}")
_LONGEST_NAME = 160
_LONGEST_DAY = {Kind.HACKATHON, Kind.NETWORKING}


def second_look(sessions: Sequence[Proposed], answers: Answers) -> list[Proposed]:
    """The same sessions, with a doubt more where something looks wrong. What staff answered is not asked again."""
    is_said = any(key.startswith("names-") for key in answers)
    usual = median([len(str(one.title)) for one in sessions]) if sessions else 0
    behind = Counter(_repeated(sessions))
    overlaps = dict(_overlaps(sessions))
    found = []
    for at, one in enumerate(sessions):
        doubts = [*_of_title(one, usual), *_of_people(one), *overlaps.get(at, ())]
        if not is_said:
            doubts += _of_names_left(one, behind)
        words = [one.doubt, *(doubt for doubt in dict.fromkeys(doubts) if doubt not in one.doubt)]
        found.append(replace(one, doubt=" ".join(filter(None, words))))
    return found


def _of_title(one: Proposed, usual: float) -> Iterator[str]:
    for title in filter(None, (one.title.en, one.title.km)):
        if not one.room and (place := _PLACE_BEHIND.search(title)) and not _LED_TO.search(title[: place.start()]):
            yield _("“%(text)s” in the title may be the room.") % {"text": place["place"]}
        if _CLOCK.search(title):
            yield _("The title names another time.")
        if (
            _TORN.search(title)
            or any(title.count(pair[0]) != title.count(pair[1]) for pair in _PAIRS)
            or " | " in title
        ):
            yield _("The title looks as if it were a part of one, or of several.")
        is_longer = len(title) > 100 and len(title) > _LONGER * usual
        if len(title) > _LONG or is_longer or _SENTENCES.search(title):
            yield _("The title is long: it may hold more than a title.")


def _of_names_left(one: Proposed, behind: Counter[str]) -> Iterator[str]:
    names = " ".join(loose(person.name) for part in one.walk() for person in part.people)
    for title in filter(None, (one.title.en, one.title.km)):
        left = dict.fromkeys(_who_is_left_in(title, behind))
        text = next((text for text in left if loose(text) not in names and f"“{short(text)}" not in one.doubt), "")
        if text:
            yield _("“%(text)s” in the title may be who appears here.") % {"text": short(text)}
    for text in [*one.description.en.split("\n"), *one.description.km.split("\n")]:
        if text and len(text) < 80 and (is_person(text) or has_usual_name(text)):
            yield _("“%(text)s” may be who appears here.") % {"text": short(text)}


def _who_is_left_in(title: str, behind: Counter[str]) -> Iterator[str]:
    """Texts of a title that look like who appears, or where."""
    if named := _NAMED.search(title):
        yield title[named.start() :]
    for inside in _NAMES_INSIDE.finditer(title):
        if has_usual_name(inside["name"]) or (inside["by"] and is_likely_name(inside["name"])):
            yield inside["name"]
    for label in _LABEL.finditer(title):
        is_aside = title[: label.start()].endswith("(") and column_role(label["label"]) == ColumnRole.PEOPLE
        if is_aside or role_named(label["label"]) or _PLACES.fullmatch(label["label"].strip()):
            yield title[label.start() :]
    if (alone := _ONE_NAME.search(title)) and not is_topic(alone["name"]):
        yield alone["name"]
    if (repeated := _BEHIND.search(title)) and behind[repeated["who"]] > 1:
        yield repeated["who"]


def _repeated(sessions: Sequence[Proposed]) -> Iterator[str]:
    """What stands behind a dash in several titles: "Reading - Mony", "Writing - Mony"."""
    for title in {one.title.en for one in sessions} | {one.title.km for one in sessions}:
        found = _BEHIND.search(title)
        if found and found["who"][0].isupper() and not is_topic(found["who"]):
            yield found["who"]


def _of_people(one: Proposed) -> Iterator[str]:
    for person in one.people:
        name = person.name
        is_odd = any(sign in name for sign in '“”«»"') or any(
            odd.search(name) for odd in (_PLACE_BEHIND, _CLOCK, _NO_NAME)
        )
        if is_odd or len(name) > _LONGEST_NAME or loose(name) == loose(one.title.en):
            yield _("“%(text)s” is taken as who appears: is it?") % {"text": short(name)}
    if len(one.room) > 60 or _CLOCK.search(one.room) or _NAMED.search(one.room):
        yield _("“%(text)s” is taken as the room: is it?") % {"text": short(one.room)}


def _overlaps(sessions: Sequence[Proposed]) -> Iterator[tuple[int, list[str]]]:
    """One that begins before another in the same place ends, and ends after it: one of the times is wrong."""
    places: dict[tuple[datetime.date, str, str], list[tuple[datetime.time, datetime.time, int]]] = defaultdict(list)
    for at, one in enumerate(sessions):
        if one.starts_at and one.ends_at and one.starts_at < one.ends_at and one.kind not in _LONGEST_DAY:
            places[one.date, one.room, one.track].append((one.starts_at, one.ends_at, at))
    for timed in places.values():
        timed.sort()
        last = timed[0]
        for this in timed[1:]:
            if last[0] < this[0] < last[1] < this[1]:
                title = str(sessions[last[2]].title)
                yield this[2], [_("It begins before “%(text)s” ends.") % {"text": short(title)}]
            last = max(last, this, key=lambda one: one[1])
