"""What still speaks of the year before, in the texts of an edition: its year and its dates, in either digits.

For each text that does, the same text as it would be with the new year and the new dates stands beside it. A text may
speak of the year before on purpose: people decide, text by text. Pure but for `found_in`, which reads the rows.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from unicodedata import category

from agenda.chase.rows import load
from agenda.chase.texts import columns_of_texts, named
from conference.language.khmer import COENG, ascii_digits, khmer_digits
from conference.language.khmer import MONTHS as KHMER_MONTHS
from conference.language.times import ENGLISH_MONTHS
from conference.language.translated import Bilingual
from conference.models import Edition, Organisation, Reference

# Shared with other years, or a date of its own that stays.
PASSED_OVER = (Organisation, Reference)
_AND = r"\s*(?:[-–]|to|and|&|ដល់|និង)\s*(?:ថ្ងៃ)?(?:ទី)?\s*"
_DAY = r"[0-9០-៩]{1,2}"
AROUND = 60  # letters that are shown beside what was found
WORD = 20  # more letters, so that no word is cut


@dataclass(frozen=True)
class OldWords:
    row: Bilingual
    column: str
    old: str
    new: str

    @property
    def name(self) -> str:
        return named(self.row)

    @property
    def label(self) -> str:
        return str(self.row._meta.get_field(self.column).verbose_name)  # type: ignore[union-attr] # a column

    @property
    def language(self) -> str:
        return self.column[-2:]

    @property
    def key(self) -> str:
        """Another one as soon as the text has changed."""
        said = sha256(f"{self.old}\n{self.new}".encode()).hexdigest()[:12]
        return f"{self.row._meta.label_lower}-{self.row.pk}-{self.column}-{said}"

    @property
    def shown(self) -> tuple[str, str]:
        """Both texts, as far as they differ and a little around it."""
        start = next((at for at, (a, b) in enumerate(zip(self.old, self.new, strict=False)) if a != b), 0)
        left = min(len(self.old), len(self.new)) - start
        end = next((at for at in range(left) if self.old[-1 - at] != self.new[-1 - at]), left)
        return _cut(self.old, start, end), _cut(self.new, start, end)


def found_in(edition: Edition, before: Edition, also: Iterable[Bilingual] = ()) -> list[OldWords]:
    """Of all texts of `edition` that speak of `before`. `also` are rows that belong to it in other rooms."""
    swap, found = Swap.of(before, edition), []
    for row in (*load(edition).bilingual, *also):
        for column in [] if isinstance(row, PASSED_OVER) else columns_of_texts(row):
            old = getattr(row, column)
            if old and (new := swap.applied(old)) != old:
                found.append(OldWords(row, column, old, new))
    return found


def write(found: Iterable[OldWords], keys: set[str]) -> list[Bilingual]:
    """Puts the new words in place of those that were chosen; the Khmer of the row is to be read again.

    A text that has changed at this moment stays as it is.
    """
    written = []
    for one in found:
        if one.key in keys:
            rows = type(one.row)._default_manager.filter(pk=one.row.pk, **{one.column: one.old})
            if rows.update(**{one.column: one.new}, khmer_checked=False):
                written.append(one.row)
    return written


@dataclass(frozen=True)
class Swap:
    """The year and the days of one edition in place of those of another."""

    old_year: int
    new_year: int
    days: dict[datetime.date, datetime.date]

    @classmethod
    def of(cls, before: Edition, edition: Edition) -> "Swap":
        number = min((one.ends_on - one.starts_on).days for one in (before, edition)) + 1
        steps = map(datetime.timedelta, range(number))
        return cls(before.year, edition.year, {before.starts_on + one: edition.starts_on + one for one in steps})

    def applied(self, text: str) -> str:
        for at in {day.month for day in self.days}:
            for pattern in (_month_first(at), _day_first(at)):
                text = pattern.sub(self._other_date, text)
        year = re.compile(rf"(?<![0-9])(?:{self.old_year}|{khmer_digits(self.old_year)})(?![0-9០-៩])")
        return year.sub(lambda found: _as_typed(self.new_year, found[0]), text)

    def _other_date(self, found: re.Match[str]) -> str:
        """As it was where one of its days is none of the old edition, or the new days lie in two months."""
        month = _number_of(found["month"])
        by_number = {day.day: new for day, new in self.days.items() if day.month == month}
        typed = {name: int(ascii_digits(found[name])) for name in ("first", "last") if found[name]}
        if not all(number in by_number for number in typed.values()):
            return found[0]
        new = {name: by_number[number] for name, number in typed.items()}
        if len({day.month for day in new.values()}) > 1:
            return found[0]
        words = {name: _as_typed(day.day, found[name]) for name, day in new.items()}
        words["month"] = _month_as(new["first"].month, found["month"])
        groups = found.groupdict()
        words |= {f"{name}_th": _ordinal(day.day) for name, day in new.items() if groups.get(f"{name}_th")}
        text, at = "", found.start()
        for (start, end), word in sorted((found.span(name), word) for name, word in words.items()):
            text, at = text + found.string[at:start] + word, end
        return text + found.string[at : found.end()]


def _names(month: int) -> list[str]:
    english = ENGLISH_MONTHS[month - 1]
    # March is spelt in two ways.
    return [english, english[:3], KHMER_MONTHS[month - 1], *(["មិនា"] if month == 3 else [])]


def _number_of(name: str) -> int:
    return next(month for month in range(1, 13) if name.capitalize() in _names(month))


def _month_as(month: int, typed: str) -> str:
    """In the language and length of what stood there."""
    if not typed.isascii():
        return KHMER_MONTHS[month - 1]
    return (
        ENGLISH_MONTHS[month - 1] if len(typed) > 3 or typed.capitalize() == "May" else ENGLISH_MONTHS[month - 1][:3]
    )


def _as_typed(number: int, typed: str) -> str:
    """In the digits of what stood there."""
    return str(number) if typed.isascii() else khmer_digits(number)


def _ordinal(number: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number not in (11, 12, 13) else "th"


def _days() -> str:
    return rf"(?P<first>{_DAY})(?P<first_th>st|nd|rd|th)?(?:{_AND}(?P<last>{_DAY})(?P<last_th>st|nd|rd|th)?)?"


@cache
def _day_first(month: int) -> re.Pattern[str]:
    """26–27 March, ២៦ ខែមីនា"""
    names = "|".join(_names(month))
    return re.compile(rf"(?<![0-9០-៩]){_days()}\s*(?:of\s+)?(?:ខែ)?(?P<month>{names})(?![a-z])", re.IGNORECASE)


@cache
def _month_first(month: int) -> re.Pattern[str]:
    """March 26 to 27"""
    names = "|".join(_names(month)[:2])
    return re.compile(rf"(?<![a-z])(?P<month>{names})\.?\s+{_days()}(?![0-9])", re.IGNORECASE)


def _cut(text: str, start: int, end: int) -> str:
    before, after = max(0, start - AROUND), len(text) - max(0, end - AROUND)
    before = next((at for at in range(before, max(0, before - WORD), -1) if _may_cut(text, at)), before)
    after = next((at for at in range(after, min(len(text), after + WORD)) if _may_cut(text, at)), after)
    return ("…" if before else "") + text[before:after] + ("…" if after < len(text) else "")


def _may_cut(text: str, at: int) -> bool:
    """Not within a word; in Khmer, which has few spaces, not within a letter and its signs."""
    before, behind = text[at - 1 : at], text[at : at + 1]
    if before.isascii() and behind.isascii():
        return not (before.isalnum() and behind.isalnum())
    return before != COENG and not category(behind).startswith("M")
