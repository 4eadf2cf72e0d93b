"""The text of one row -> label, title, description, who appears, what stands inside. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from agenda.choices import Role
from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.column_words import column_role
from agenda.importing.recognising.likely_names import is_likely_name
from agenda.importing.recognising.looks import is_place
from agenda.importing.recognising.moments import PICTURES
from agenda.importing.recognising.names import is_item, role_before, take_to_be_confirmed, title_and_people
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.proposal import Person

_LABEL = re.compile(
    r"\s*((?:[\w-]+ )?(?:Session|Dialogue|Discussion|Breakout|Room|Theme|Panel|Workshop|Track|Topic|Presentation|Talk|"
    r"Plenary)s?(?: ?\w{1,4})?|(?:វគ្គ|កិច្ចសន្ទនា|ការពិភាក្សា|បន្ទប់|មូលបទ|បទបង្ហាញ|ប្រធានបទ|វេទិកា)[^:៖]{0,45})"
    r"\s*[:៖]\s*(?=\S)",
    re.IGNORECASE,
)
# "Session 1", "Track B", "វគ្គទី១": surely no part of the title.
_COUNTED = re.compile(r"[\s\u1780-\u17ff](?:[0-9០-៩]{1,2}[A-Za-z]?|[A-H]|[IVX]{1,4})$")
_INSIDE = re.compile(r"[•·●▪*❖➢\s-]*((Theme|Room|មូលបទ|បន្ទប់)\s*(?:ទី\s*)?[0-9០-៩]+)\s*[:៖]\s*(\S.*)", re.IGNORECASE)
_TOPICS = re.compile(r"\s*[(（]\s*([0-9០-៩]{1,2})\s*(?:topics?|ប្រធានបទ)\s*[)）]", re.IGNORECASE)
_NUMBERED = re.compile(r"[0-9០-៩]{1,2}[.)]\s+(?=\S)")
_BULLET = re.compile(r"[•·●▪❖➢*]\s*")
_LEADS_ON = re.compile(r"\b(?:of|and|for|the|de|du|des|et|dan|và|của)\s*$")
_GOES_ON = re.compile(r"(?:of|and|for|en|de|du|des|et|pour|dan|untuk|và|của)\s+\S|d['’]\w")
_LOWER = re.compile(r"[a-zà-öø-ÿ]{2,}\s")
_AT_PLACE = re.compile(r"(?<=\S)\s+(?:@\s+|📍\s*)(?P<place>[^\W\d][^@📍\n]{1,40})$")  # "Keynote @ Grand Ballroom"
_WHO_IS_HEARD = re.compile(
    r"(?<=\S)\s*[🎤🎙🗣👤][\ufe0f]?\s*(?P<who>[^🎤🎙🗣👤]+)$"
)  # "Maps 🎤 Sokha Sample (Sample Lab)"
_LOOSE_PICTURES = re.compile(rf"(?<=\w)[\s.!?]*?(?:\s*{PICTURES})+\s*$")
_IN_BRACKETS = re.compile(r"(?P<title>.{3,}?)\s*[(\[](?P<place>[^()\[\]]{3,50})[)\]]\s*$")
# "(buses leave from the lobby)"
_SAYS_MORE = re.compile(
    r"^(?:an?|our|your|my)\b|\b(?:from|to|leaves?|meet\w*|starts?|with|for|via|by)\b", re.IGNORECASE
)  # "(buses leave from the lobby)"
# What is surely a place where it stands in brackets behind a title: "Lunch (Garden)".
_PLACE_ASIDE = re.compile(
    r"(?:(?:at|in) )?(?:the )?(?!an? |our |your |my )(?:[\w’'-]+ ){0,3}"
    r"(?:courtyard|canteen|cafeteria|restaurant|rooftop|terrace|pool ?side|garden|"
    r"lobby|foyer|lawn|balcony|entrance(?: hall)?|corridor|reception area|dining (?:room|hall|area)|"
    r"exhibition (?:area|hall|space)|(?:main|big|small|side) stage|stage \w{1,2})"
    r"(?:,? (?:on )?(?:the )?(?:ground|first|second|third|top|[1-9](?:st|nd|rd|th)) floor)?|"
    r"(?:(?:on )?(?:the )?(?:ground|first|second|third|top|[1-9](?:st|nd|rd|th)) floor)|"
    r"(?:នៅ)?(?:មុខសាល|ទីធ្លា|សួនច្បារ|ភោជនីយដ្ឋាន|រោងអាហារ|ជាន់)[\u1780-\u17ff\w ]{0,20}",
    re.IGNORECASE,
)
# A room alone in a line: each of its words begins as a name does, "Hall A", «បន្ទប់ ២»; not "Lab exercise".
_NAME_OF_ROOM = re.compile(
    r"(?:(?:[A-Z][\w’'-]*|\d\w*)(?:\s+|$)){1,4}|[\u1780-\u17d3]+(?:\s*(?:ទី)?\s*[ក-អ០-៩A-Z0-9]{1,3})?"
)
_PANEL_OF = re.compile(
    r"(?:the )?(?:panel|in conversation)\s*[:៖]\s*", re.IGNORECASE
)  # "Panel: Anna Sample, Sokha Sample"
_COMMA = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|&)\s+|\s*និង\s*")
_PANEL_FOLLOWS = re.compile(r"\s*(?:The\s+)?panell?ists?\b[^.:]*:\s*$", re.IGNORECASE)
_OPEN_CALL = re.compile(r"\s*\bcall for (?:speakers|presenters|proposals)\b\.?|\s*ស្វែងរកវាគ្មិន", re.IGNORECASE)
_SMALL = {"of", "in", "on", "for", "and", "to", "with", "at", "&", "by", "from", "or", "-", "–", "—", "amongst", "as"}
_NOT_BEFORE = _SMALL | {"the", "a", "an"}
_RELATIVES = {"who", "that", "which", "whose", "where", "when", "can", "should", "must", "need", "want"}
_BEGIN_SENTENCES = {"This", "These", "The", "We", "Our", "It", "They"}
_MORE_THAN_A_TITLE = 16  # words: a longer line ends in a sentence that is no title
_LOOSE_END = re.compile(r"\s+[-–—|]\s*$")  # who appears stood behind it, on a line of its own by now
_ENDS = re.compile(r"[.!?:。។][\"”')\]]*\s*$")
_KHMER_SENTENCE = re.compile(r"(?<=\S) +(?=(?:ការ|កិច្ច|របាយការណ៍|វគ្គ|វេទិកា|សិក្ខាសាលា|បទបង្ហាញ|គម្រោង|ឯកសារ)[ក-៓]{0,30}នេះ)")

# LibreOffice puts the paragraphs of an HTML cell into one line, without even a space between them.
_GLUED = re.compile(
    r"\s*(?=[•●▪❖➢]\s)|(?<=[^\s\d])(?=\d{1,2}\. [A-Z])|(?<=[a-z]{3}\.)(?=[A-Z][a-z])|"
    r"(?<=[a-z).])(?=(?:Facilitator|Moderator|Speaker|Panell?ist|Mentor|Judge|Organi[sz]er)s?\s?:)"
)


class Inside(NamedTuple):
    """A theme or a room that stands inside a session."""

    label: str = ""
    title: str = ""
    topics: int = 0  # how many


@dataclass
class Wording:
    label: str = ""
    title: str = ""
    description: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    inside: list[Inside] = field(default_factory=list)
    is_to_be_confirmed: bool = False
    open_call: bool = False
    panel: bool = False
    role: str = ""  # of the people in the lines that follow: "Panelists:"
    room: str = ""  # in a line of its own: "Room: Library"


def read_wording(
    lines: Iterable[str], known: Known, *, whole: bool = False, has_people: bool = False, has_room: bool = False
) -> Wording:
    """Whole: where a column says that its cells are titles, hardly anything is cut off the first line. A person and a
    room are, where the table has no other column for them.
    """
    wording = Wording()
    whole_lines = _unwrapped(lines) if whole else lines
    for line in chain.from_iterable(_GLUED.split(line) for line in whole_lines):
        bare = _OPEN_CALL.sub("", line)
        wording.open_call |= bare != line
        if not bare.strip():
            continue
        if wording.title:
            _further_line(wording, bare, known)
            continue
        if not has_people and (heard := _WHO_IS_HEARD.search(bare)):
            wording.people, bare = known.people(heard["who"].strip()), bare[: heard.start()]
        bare = _LOOSE_PICTURES.sub("", bare)
        if not has_room:
            bare = _take_place(wording, bare)
        text, people = _title_and_people(bare, known, whole=whole, has_people=has_people)
        if people and not has_room and not wording.room:  # "Maps (Room 2) - Dr. Sample"
            text = _take_place(wording, text)
        if not text:  # the whole line is a name: then that is the title
            text, people = bare, []
        text, wording.is_to_be_confirmed = take_to_be_confirmed(text)
        label = _LABEL.match(text)
        if label and (not whole or _COUNTED.search(label[1])):
            wording.label, text = label[1].strip(), text[label.end() :]
        text = _LOOSE_END.sub("", text)
        wording.title, sentence = (text, "") if whole else split_title(text)
        wording.people += people
        _describe(wording, sentence)
    return wording


def _take_place(wording: Wording, text: str) -> str:
    """The text without the room behind it, which the wording has then."""
    if place := _AT_PLACE.search(text):
        wording.room = place["place"].strip()
        return text[: place.start()]
    aside = _IN_BRACKETS.fullmatch(text)
    is_room = aside and (is_place(aside["place"]) or _PLACE_ASIDE.fullmatch(aside["place"]))
    if aside and is_room and not _SAYS_MORE.search(aside["place"]):
        wording.room = aside["place"].strip()
        return aside["title"]
    return text


def _title_and_people(text: str, known: Known, *, whole: bool, has_people: bool) -> tuple[str, list[Person]]:
    if not whole:
        return known.take_from_end(text)
    title, named = (text, "") if has_people else title_and_people(text)
    return title, known.people(named) if named else []


def _unwrapped(lines: Iterable[str]) -> list[str]:
    """A title that was broken over two lines: one of them ends or begins with a word such as "of"."""
    title, *further = [*lines] or [""]
    while further and _is_torn(title, further[0]):
        title = f"{title} {further.pop(0)}"
    return [title, *further]


def _is_torn(above: str, below: str) -> bool:
    is_torn = bool(_LEADS_ON.search(above) or _GOES_ON.match(below) or (_LOWER.match(below) and above[-1:].isalpha()))
    return is_torn and not role_before(below)


def _further_line(wording: Wording, line: str, known: Known) -> None:
    inside = _INSIDE.match(line)
    if (panel := _PANEL_OF.match(line)) and all(map(is_likely_name, _COMMA.split(line[panel.end() :]))):
        line = f"Panelists: {line[panel.end() :]}"
    role = role_before(line)
    numbered = _NUMBERED.match(line)
    people = known.alone(line)
    lead, colon, behind = (part.strip(" -•*") for part in line.partition(":"))
    if colon and behind and not wording.room and column_role(lead) == ColumnRole.ROOM:
        wording.room = behind
    elif not wording.room and _NAME_OF_ROOM.fullmatch(line) and is_place(line):
        wording.room = line
    elif inside:
        title, topics = inside[3], _TOPICS.search(inside[3])
        wording.inside.append(Inside(inside[1], _TOPICS.sub("", title).strip(), int(topics[1]) if topics else 0))
    elif role and not role[1].strip():
        wording.role = role[0]
    elif role or (wording.role and (people or is_item(line))):
        people = known.people(line, wording.role)
        wording.role = "" if role else wording.role
        wording.people += [one for one in people if one.name]
        wording.is_to_be_confirmed |= any(not one.name for one in people)
    elif numbered and wording.panel:
        wording.people.append(known.person(line[numbered.end() :], Role.PANELIST))
    elif people:
        wording.people += people
    elif not take_to_be_confirmed(line)[0]:
        wording.is_to_be_confirmed = True
    else:
        wording.role = ""
        text, people = known.take_from_end(line)
        wording.people += people
        # "Welcome by Ms. Sample One" below the title stays whole in the description.
        _describe(wording, line if title_and_people(line)[1] else text)


def _describe(wording: Wording, text: str) -> None:
    """A sentence of the description; "Panelists are the representatives of:" only announces them."""
    bare = _PANEL_FOLLOWS.sub("", text)
    wording.panel |= bare != text
    if bare.strip():
        wording.description.append(_BULLET.sub("- ", bare.strip(), count=1) if _BULLET.match(bare) else bare.strip())


def split_title(text: str) -> tuple[str, str]:
    """(title, description) of a line in which a sentence follows the title without any sign between them.

    The sentence begins where a capital letter does not go on with the title: "... in Cambodia This study seeks ...".
    It is cut only where that is sure: by such a word, or because the line is too long for a title.
    Khmer has no capitals: there it begins where a phrase says "this study", "this report", "this session".
    """
    if not _ENDS.search(text):
        return text, ""
    if khmer := _KHMER_SENTENCE.search(text):
        return text[: khmer.start()], text[khmer.end() :]
    words = text.split(" ")
    for at in range(2, len(words) - 3):
        before, word, after = words[at - 1], words[at], words[at + 1]
        if not word[:1].isupper() or before.lower() in _NOT_BEFORE:
            continue
        if after[:1].islower():
            begins_sentence = after.lower() not in _SMALL | _RELATIVES
        else:
            begins_sentence = word.endswith("ing") and any(later[:1].islower() for later in words[at + 2 : at + 9])
        if begins_sentence and (word in _BEGIN_SENTENCES or len(words) >= _MORE_THAN_A_TITLE):
            return " ".join(words[:at]), " ".join(words[at:])
    return text, ""
