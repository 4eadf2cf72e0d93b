"""Days as agendas write them: dates, weekdays, "Day 2", in many languages and in the digits of each. Pure."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from agenda.hours import date_of_a_conference
from agenda.importing.recognising.calendar_words import months, numbers, weekdays
from agenda.importing.recognising.day_patterns import patterns
from agenda.importing.recognising.moments import ascii_digits

_MOST_NUMBERED = 10  # "ថ្ងៃទី២៦" without a month is a day of the month, no twenty-sixth day of a conference
_BEGINNING = 300  # letters of a line in which a day is looked for, so that no line takes long
_SAYS_NOTHING = re.compile(r"(?:agenda|program(?:me)?|schedule|timetable|កម្មវិធី|កាលវិភាគ)\W*", re.IGNORECASE)
_ISO_TIME = re.compile(r"^T(?=\d\d:\d\d)")  # "2027-03-02T09:00"
_WORD_BEGINS = re.compile(r"(?<![\w\u1780-\u17d3])(?=[\w\u1780-\u17d3])|(?=ថ្ងៃ)")
_RANGE_BEFORE = re.compile(
    r"(?<![\d/])\d\d?(?:st|nd|rd|th)?\s*(?:[-–—/&,+]|to|and|et|au|dan|và|និង|ដល់|ถึง)\s*$|(?:to|and|au|until|និង|ដល់|ถึง)\s*$",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+(?:of|du)\s*$", re.IGNORECASE)  # "Afternoon of 9 March"
_HALF_YEAR = datetime.timedelta(days=183)


@dataclass(frozen=True)
class WrittenDay:
    """What is written, before anything is made of it."""

    number: int = 0  # "Day 2"
    weekday: int | None = None  # Monday is 0
    day: int = 0
    month: int = 0
    year: int = 0
    is_open: bool = False  # 03/02/2027: day and month may be meant the other way round

    def on(self, first_day: datetime.date) -> datetime.date | None:
        """The date, for a conference that begins on the first day. None where there is no such date."""
        if self.day:
            return next(iter(self._dates(first_day)), None)
        if self.number:
            return first_day + datetime.timedelta(days=self.number - 1)
        if self.weekday is None:
            return None
        return first_day + datetime.timedelta(days=(self.weekday - first_day.weekday()) % 7)

    def month_first(self, first_day: datetime.date) -> datetime.date | None:
        """The date with the month first, where that is open: nothing that is written settles it."""
        dates = self._dates(first_day) if self.is_open else []
        return dates[1] if len(dates) > 1 else None

    def differs(self, first_day: datetime.date) -> bool:
        """Whether the weekday that is written is not that of the date."""
        date = self.on(first_day) if self.day else None
        return date is not None and self.weekday is not None and date.weekday() != self.weekday

    def _dates(self, first_day: datetime.date) -> list[datetime.date]:
        """With the day first and, where that is open, with the month first; the weekday may settle it."""
        orders = [(self.month, self.day), (self.day, self.month)] if self.is_open else [(self.month, self.day)]
        dates = [date for month, day in orders if (date := self._dated(month, day, first_day))]
        return [date for date in dates if date.weekday() == self.weekday] or dates

    def _dated(self, month: int, day: int, first_day: datetime.date) -> datetime.date | None:
        date = date_of_a_conference(self.year or first_day.year, month or first_day.month, day)
        if date and month and not self.year and date < first_day - _HALF_YEAR:  # in January, begun in December
            date = date_of_a_conference(first_day.year + 1, month, day)
        return date


def read_day(text: str, first_day: datetime.date) -> tuple[datetime.date, str] | None:
    """(date, the rest of the text), or None where no day stands at the beginning."""
    found = read_written_day(text)
    date = found[0].on(first_day) if found else None
    return (date, found[1]) if found and date else None


def month_orders(text: str, first_day: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """(with the day first, with the month first) where the date at the beginning leaves open which it is."""
    found = read_written_day(text)
    day_first, month_first = (found[0].on(first_day), found[0].month_first(first_day)) if found else (None, None)
    return (day_first, month_first) if day_first and month_first else None


def read_written_day(text: str) -> tuple[WrittenDay, str] | None:
    """(the day, the rest of the text), or None where no day stands at the beginning.

    Several days at once ("26–27 March") are none: a document says so in its title.
    """
    plain = ascii_digits(text[:_BEGINNING])
    begins = _skip("announced", plain, 0)
    named = _skip("half", plain, begins)
    found = _dated(plain, named, is_led=named > begins) or _numbered(plain, begins)
    if not found:
        return None
    found = _with_same(plain, *found)
    if _goes_on(plain, *found):
        return None
    rest = _ISO_TIME.sub("", text[found[1] :]).lstrip(" \t\xa0:៖,.)]|–—-•·")
    if rest.startswith("ត្រូវនឹង") or _SAYS_NOTHING.fullmatch(rest):
        rest = ""
    return found[0], " ".join(filter(None, (_OF.sub("", text[begins:named]).strip(" ,:៖–-"), rest.strip())))


def days_within(text: str) -> Iterator[tuple[WrittenDay, str, str]]:
    """(each date with its month, what stands before it, what behind) anywhere in a line; an empty day for several."""
    plain, end = ascii_digits(text[:_BEGINNING]), 0
    for word in _WORD_BEGINS.finditer(plain):
        at = word.start()
        found = _dated(plain, at) if at >= end else None
        if not found or not (found[0].day and found[0].month):
            continue
        following = patterns()["and"].match(plain, found[1])
        again = _dated(plain, following.end()) if following else None
        is_same = again is not None and (again[0].day, again[0].month) == (found[0].day, found[0].month)
        is_several = _RANGE_BEFORE.search(plain[:at]) or (_goes_on(plain, *found) and not is_same)
        end = again[1] if again and is_same else found[1]
        yield WrittenDay() if is_several else found[0], text[:at], text[end:]


_Found = tuple[WrittenDay, int]  # the day, and where it ends in the text


def _skip(name: str, text: str, at: int) -> int:
    found = patterns()[name].match(text, at)
    return found.end() if found else at


def _with_same(text: str, day: WrittenDay, at: int) -> _Found:
    """With the same day behind it in another language, which may say its date: "Day 2 – ថ្ងៃទី២ (11/03/2027)"."""
    begins = _skip("between", text, at)
    again = _dated(text, begins) or _numbered(text, begins)
    if not again or begins == at:
        return day, at
    is_same_number = day.number and not day.day and again[0].number == day.number
    is_same = (again[0].number, again[0].day, again[0].month) == (day.number, day.day, day.month)
    return again if is_same_number else (day, again[1] if is_same else at)


def _goes_on(text: str, day: WrittenDay, at: int) -> bool:
    """Whether a second day stands behind: "26 – 27 March", "March 26 and 27", "Day 1 & 2"."""
    following = patterns()["and"].match(text, at)
    if not following:
        return False
    end = following.end()
    return bool(
        patterns()["figure alone"].match(text, end) or _dated(text, end) or (day.number and _numbered(text, end))
    )


def _numbered(text: str, at: int) -> _Found | None:
    """ "Day 1", "Day 1: Tuesday, March 26"."""
    found = patterns()["numbered"].match(text, at)
    if not found:
        return None
    number = _said(found)
    dated = _dated(text, _skip("between", text, found.end()))
    if dated:
        return replace(dated[0], number=number), dated[1]
    if not 0 < number <= 31:
        return None
    day = WrittenDay(number=number) if number <= _MOST_NUMBERED else WrittenDay(day=number)
    behind = patterns()["weekday of number"].match(text, found.end())
    return (replace(day, weekday=_weekday(behind["weekday"])), behind.end()) if behind else (day, found.end())


def _said(numbered: re.Match[str]) -> int:
    said = " ".join(next(one for one in numbered.groups() if one).casefold().split())
    return int(said) if said.isdigit() else numbers()[said]


def _dated(text: str, at: int, *, is_led: bool = False) -> _Found | None:
    """A date with its weekday before or behind it, or without one; or a weekday that stands for itself."""
    lunar = patterns()["lunar"].match(text, at)  # the date by the moon stands before the other
    if lunar and (found := _dated(text, lunar.end())):
        return found
    if without := _plain_date(text, at, is_led=is_led):
        day, end = without
        behind = patterns()["weekday behind"].match(text, end)
        day, end = (replace(day, weekday=_weekday(behind["weekday"])), behind.end()) if behind else without
        numbered = patterns()["numbered"].match(text, _skip("between", text, end))
        return (replace(day, number=_said(numbered)), numbered.end()) if numbered else (day, end)
    weekday = patterns()["weekday"].match(text, at)
    if not weekday:
        return None
    number, begins = _weekday(weekday["weekday"]), _skip("between", text, weekday.end())
    if found := _plain_date(text, begins, is_led=True):
        return replace(found[0], weekday=number), found[1]
    if figure := patterns()["day of month"].match(text, begins):
        return WrittenDay(day=int(figure["d"]), weekday=number), figure.end()
    alone = patterns()["weekday alone"].match(text, at)
    if not alone:
        return None
    day = WrittenDay(weekday=_weekday(alone["weekday"] or alone["short"]))
    numbered = patterns()["numbered"].match(text, _skip("between", text, alone.end()))
    return (replace(day, number=_said(numbered)), numbered.end()) if numbered else (day, alone.end())


def _plain_date(text: str, at: int, *, is_led: bool = False) -> _Found | None:
    begins = _skip("lead", text, at)
    names = ["year first", "day and name", "name and day", "figures"]
    names.append("without year" if is_led or begins > at else "without year, alone")
    for name in names:
        if found := patterns()[name].match(text, begins):
            day = _written(found.groupdict(), is_in_order=name == "year first")
            return (day, found.end()) if day else None
    return None


def _written(found: dict[str, str | None], *, is_in_order: bool) -> WrittenDay | None:
    day = int(found["d"] or 0)
    if name := found.get("w"):
        month = months()[" ".join(name.casefold().split())]
    else:
        month = int(found.get("n") or found.get("n2") or 0)
    is_in_figures = not is_in_order and not name and not found.get("month")
    if is_in_figures and month > 12 >= day:  # 03/26/2024
        day, month = month, day
    year = _year(found.get("y") or found.get("yy") or found.get("y2") or "", month, found.get("era") or "")
    if not date_of_a_conference(year or 2000, month, day):
        return None
    return WrittenDay(day=day, month=month, year=year, is_open=is_in_figures and day <= 12 and day != month)


def _year(said: str, month: int, era: str) -> int:
    """Of four digits or two. Buddhist years change on 1 January in Thailand, in April or May in Cambodia."""
    year = int(said or 0)
    if year and len(said) == 2:
        year += 2500 if year >= 60 else 2000
    if year > 2400:
        year -= 544 if era.startswith("ព") and month > 5 else 543
    return year


def _weekday(name: str) -> int:
    name = " ".join(name.casefold().rstrip(".").split())
    return weekdays(short=False).get(name, weekdays(short=True).get(name, 0))
