"""A draft text, pasted in one or both languages, cut into numbered pieces that are paired across the languages.

A text says where its pieces begin by words ("Article 3", «មាត្រា ៣») or by bare numbers ("3. ..."). Where it does
neither, each paragraph is a piece, and the paragraphs are counted. What stands in one language alone is named, not
guessed at.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from conference.language.khmer import ascii_digits
from conference.language.translated import Text

LONGEST_HEADING = 300
# As many digits as a column holds: what is longer is a telephone number, or the like.
_NUMBER = r"[0-9]{1,4}(?:\.[0-9]{1,3}){0,3}"
# By the first letter that tells a chapter from an article with the same number.
_WORDS = {
    "": "article|topic|principle|point|theme|មាត្រា|ប្រការ|ចំណុច|ប្រធានបទ|គោលការណ៍",
    "c": "chapter|ជំពូក",
    "s": "section|part|ផ្នែក",
}
_MARK = re.compile(
    rf"^[#*\s]*(?P<word>{'|'.join(_WORDS.values())})\s*(?:ទី)?\s*(?P<number>{_NUMBER}|[IVX]+)(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_BARE = re.compile(rf"^(?P<number>{_NUMBER})[.)៖]?\s+\S")
_ROMAN = {"I": 1, "V": 5, "X": 10}
BEFORE_THE_FIRST = "0"


@dataclass(frozen=True)
class Part:
    """A piece in one language."""

    number: str
    heading: str
    text: str


@dataclass(frozen=True)
class Pair:
    number: str
    heading: Text
    text: Text


@dataclass(frozen=True)
class Cut:
    pairs: list[Pair]
    only_en: list[str]  # headings that the other language does not have
    only_km: list[str]
    doubled: list[str]  # headings whose number stood there before, in one language

    @property
    def is_whole(self) -> bool:
        return not (self.only_en or self.only_km or self.doubled)


def cut_and_pair(english: str, khmer: str) -> Cut:
    """In the order of the Khmer text, which is the one that counts in law; else of the English one."""
    parts = {"en": _parts(english), "km": _parts(khmer)}
    by_number = {language: {part.number: part for part in found} for language, found in parts.items()}
    first, second = (parts["km"], parts["en"]) if khmer.strip() else (parts["en"], parts["km"])
    order = list(dict.fromkeys(part.number for part in [*first, *second]))
    pairs = [_pair(number, by_number["en"].get(number), by_number["km"].get(number)) for number in order]
    has_both = bool(parts["en"] and parts["km"])
    return Cut(
        pairs,
        only_en=[one.heading.en for one in pairs if has_both and one.number not in by_number["km"]],
        only_km=[one.heading.km for one in pairs if has_both and one.number not in by_number["en"]],
        doubled=[part.heading for found in parts.values() for part in found if "-" in part.number],
    )


def _pair(number: str, english: Part | None, khmer: Part | None) -> Pair:
    heading = Text(english.heading if english else "", khmer.heading if khmer else "")
    return Pair(number, heading, Text(english.text if english else "", khmer.text if khmer else ""))


def _parts(text: str) -> list[Part]:
    lines = text.replace("\r\n", "\n").split("\n")
    for mark in (_MARK, _BARE):
        if any(mark.match(ascii_digits(line)) for line in lines):
            return _without_doubles(_at_marks(lines, mark))
    blocks = [block.strip() for block in re.split(r"\n\s*\n", "\n".join(lines)) if block.strip()]
    return [Part(str(at), _short(block), block) for at, block in enumerate(blocks, start=1)]


def _at_marks(lines: Iterable[str], mark: re.Pattern[str]) -> Iterable[Part]:
    number, heading, inside = BEFORE_THE_FIRST, "", list[str]()
    for line in lines:
        found = mark.match(ascii_digits(line))
        if not found:
            inside.append(line)
            continue
        if heading or any(one.strip() for one in inside):
            yield _part(number, heading, inside)
        number, heading, inside = _number(found), line.strip("#* \t"), []
    yield _part(number, heading, inside)


def _part(number: str, heading: str, inside: list[str]) -> Part:
    text = "\n".join(inside).strip()
    if len(heading) > LONGEST_HEADING:  # the whole article stands on the line of its number
        text = f"{heading}\n{text}".strip()
    return Part(number, _short(heading or text), text)


def _short(text: str) -> str:
    line = text.split("\n")[0]
    return line if len(line) <= LONGEST_HEADING else f"{line[: LONGEST_HEADING - 1]}…"


def _number(found: re.Match[str]) -> str:
    number, word = found["number"], found.groupdict().get("word")
    if not number[0].isdigit():
        worth = [_ROMAN[letter] for letter in number.upper()]
        # A smaller sign before a larger one is taken off.
        number = str(sum(-one if one < max(worth[at:]) else one for at, one in enumerate(worth)))
    kind = next((kind for kind, words in _WORDS.items() if word and word.lower() in words.split("|")), "")
    return f"{kind}{number}"


def _without_doubles(parts: Iterable[Part]) -> list[Part]:
    """A number that comes again is told apart: 3, 3-2."""
    seen: dict[str, int] = {}
    found = []
    for part in parts:
        times = seen[part.number] = seen.get(part.number, 0) + 1
        found.append(part if times == 1 else Part(f"{part.number}-{times}", part.heading, part.text))
    return found
