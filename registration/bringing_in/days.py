"""Days of the conference as lists write them: dates, “Day 1”, weekdays, a column a day with yes and no."""

import re
from collections.abc import Sequence

from agenda.models import Day
from conference.language.khmer import MONTHS as KHMER_MONTHS
from conference.language.khmer import WEEKDAYS, ascii_digits
from registration.bringing_in.spellings import yes_or_no

_ALL = re.compile(r"(?i)\b(both|all|two days|whole|every|full)\b|ទាំងពីរ|ទាំងអស់|គ្រប់|ទាំង២|ទាំង 2")
_NUMBERED = re.compile(
    r"(?i)\bday\s*(one|two|three|\d)\b|ថ្ងៃ\s*ទី\s*(\d|មួយ|ពីរ|បី)(?!\d|\s*ខែ)|\b(first|second|third)\s+day|\b(1st|2nd|3rd)\s+day"
)
_WORDS = {"one": 1, "two": 2, "three": 3, "first": 1, "second": 2, "third": 3, "1st": 1, "2nd": 2, "3rd": 3}
_WORDS |= {"មួយ": 1, "ពីរ": 2, "បី": 3}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def days_in(cells: Sequence[tuple[str, str]], days: Sequence[Day]) -> tuple[list[Day], list[tuple[str, str]]]:
    """(the days, the cells of which none was found). A heading may name the day, and its cell
    say yes or no: a no to every day is no day."""
    found: list[Day] = []
    not_read, refused = [], []
    for heading, cell in cells:
        of_heading = _named(heading, days)
        said = yes_or_no(cell)
        if of_heading and said is not None and len(of_heading) < len(days):
            found += of_heading if said else []
            refused += [] if said else [(heading, cell)]
        elif named := _named(cell, days):
            found += named
        elif said:
            found += days
        else:
            not_read.append((heading, cell))
    return [day for day in days if day in found], not_read or ([] if found else refused)


def _named(text: str, days: Sequence[Day]) -> list[Day]:
    plain = ascii_digits(text).casefold()
    if _ALL.search(plain):
        return list(days)
    return [day for number, day in enumerate(days, start=1) if _is_named(plain, number, day, days)]


def _is_named(plain: str, number: int, day: Day, days: Sequence[Day]) -> bool:
    numbers = [next(filter(None, match.groups())) for match in _NUMBERED.finditer(plain)]
    if number in [_WORDS.get(one) or int(one) for one in numbers]:
        return True
    date = day.date
    month = rf"(?:{_MONTHS[date.month - 1]}\w*|{KHMER_MONTHS[date.month - 1]}|0?{date.month}\b)"
    dates = [
        rf"\b0?{date.day}(?:st|nd|rd|th)?\s*(?:[/.-]|ខែ|of)?\s*{month}",
        rf"{_MONTHS[date.month - 1]}\w*\.?\s+0?{date.day}\b",
    ]
    dates += [rf"{date.year}-0?{date.month}-0?{date.day}\b", rf"ទី\s*0?{date.day}(?!\d)"]
    last = rf"\b0?{date.day}(?:st|nd|rd|th)?\s*(?:and|&|,|-|–|និង)\s*\d+"
    if any(re.search(pattern, plain) for pattern in (*dates, last)):
        return True
    if sum(1 for one in days if one.date.weekday() == date.weekday()) > 1:
        return False
    weekday = date.weekday()
    return bool(re.search(rf"\b{_ENGLISH_DAYS[weekday]}\w*", plain)) or f"ថ្ងៃ{WEEKDAYS[weekday]}" in plain
