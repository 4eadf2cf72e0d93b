"""Times and days as people write them, in either digits. Pure."""

import datetime
import re
from dataclasses import dataclass

from conference.khmer import MONTHS as KHMER_MONTHS
from conference.khmer import ascii_digits

_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_MERIDIEM = r"(?P<{0}m>a\.?m\b\.?|p\.?m\b\.?|ព្រឹក|ថ្ងៃត្រង់|រសៀល|ល្ងាច|យប់)?"
_CLOCK = r"(?:ម៉ោង\s*)?(?P<{0}h>\d{{1,2}})(?:\s?[:.hH]\s?(?P<{0}n>\d{{2}})(?:[:.]\d{{2}}(?!\d))?)?(?!\d)\s*" + _MERIDIEM
_TO = r"\s*(?:[-–—−‒→~]|to\b|until\b|till\b|ដល់)\s*"
_SPAN = re.compile(rf"\s*{_CLOCK.format('a')}(?:{_TO}{_CLOCK.format('b')})?\s*[:|៖]?\s*", re.IGNORECASE)
# What was meant as a time and is none: "8:3 – 9", "25:00".
_ATTEMPT = re.compile(r"\s*\d{1,3}\s?[:h]\s?\d", re.IGNORECASE)

_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?|"
    r"ថ្ងៃ(?:ចន្ទ|អង្គារ|ពុធ|ព្រហស្បតិ៍|សុក្រ|សៅរ៍|អាទិត្យ))[,\s]*"
)
_NAME = "|".join(f"{month}|{month[:3]}" for month in _MONTHS)
_DATES = [
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:\s+00:00)?"),
    re.compile(r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})"),
    re.compile(rf"(?P<m>{_NAME})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d–-])(?:,?\s+(?P<y>\d{{4}}))?", re.I),
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{_NAME})\b\.?(?:,?\s+(?P<y>\d{{4}}))?", re.I),
    re.compile(rf"(?:ថ្ងៃ)?ទី\s*(?P<d>\d{{1,2}})\s*ខែ\s*(?P<m>{'|'.join(KHMER_MONTHS)})(?:\s*ឆ្នាំ\s*(?P<y>\d{{4}}))?"),
]
_ORDINALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "i": 1, "ii": 2, "iii": 3}
_DAY = re.compile(
    rf"(?:day\s*(?P<n>\d|{'|'.join(_ORDINALS)})\b|ថ្ងៃ\s*ទី\s*(?P<k>\d)(?!\d|\s*ខែ))\s*[:៖,.()–-]*\s*", re.IGNORECASE
)


@dataclass(frozen=True)
class Span:
    starts_at: datetime.time
    ends_at: datetime.time | None


class WrongTime(ValueError):
    """Meant as a time, and none."""


def read_span(text):
    """(Span, the rest of the text), or None where no time stands at the beginning. Raises WrongTime."""
    plain = ascii_digits(text)
    match = _SPAN.match(plain)
    if not match or not _is_clock(match, "a") or (match["bh"] and not _is_clock(match, "b")):
        if _ATTEMPT.match(plain):
            raise WrongTime(text)
        return None
    ends = _time(match, "b") if match["bh"] else None
    starts = _time(match, "a", match["bm"] if ends else None)
    if ends and match["bm"] and not match["am"] and starts > ends:
        starts = _time(match, "a", "am")  # "11:30 – 1:00 pm" begins before noon
    return Span(starts, ends), text[match.end() :].strip()


def _is_clock(match, side):
    """ "9" alone is a number: minutes or a part of the day make it a time."""
    return bool(match[side + "n"] or match[side + "m"] or (side == "a" and match["bm"]))


def _time(match, side, meridiem=None):
    hour, minute = int(match[side + "h"]), int(match[side + "n"] or 0)
    part = (match[side + "m"] or meridiem or "").lower()
    afternoon = part.startswith("p") or part in ("រសៀល", "ល្ងាច", "យប់", "ថ្ងៃត្រង់")
    if afternoon and hour < (12 if part != "ថ្ងៃត្រង់" else 10):
        hour += 12
    if (part.startswith("a") or part == "ព្រឹក") and hour == 12:
        hour = 0
    try:
        return datetime.time(hour, minute)
    except ValueError as error:
        raise WrongTime(match.group()) from error


def read_day(text, first_day):
    """(date, the rest of the text), or None where no day stands at the beginning."""
    plain = ascii_digits(text)
    at = _skip(_WEEKDAY, plain, 0)
    found = _date(plain, at, first_day)
    if found:
        return found[0], _rest(text, found[1])
    day = _DAY.match(plain)
    if not day:
        return None
    at = _skip(_WEEKDAY, plain, day.end())
    found = _date(plain, at, first_day)
    if found:
        return found[0], _rest(text, found[1])
    number = (day["n"] or day["k"]).lower()
    number = _ORDINALS.get(number) or int(number)
    return first_day + datetime.timedelta(days=max(number, 1) - 1), _rest(text, day.end())


def _skip(pattern, text, at):
    match = re.compile(pattern, re.IGNORECASE).match(text, at)
    return match.end() if match else at


def _date(text, at, first_day):
    for pattern in _DATES:
        match = pattern.match(text, at)
        if match:
            try:
                year = int(match["y"] or first_day.year)
                return datetime.date(year, _month(match["m"]), int(match["d"])), match.end()
            except ValueError:
                return None
    return None


def _month(name):
    if name.isdigit():
        return int(name)
    if name in KHMER_MONTHS:
        return KHMER_MONTHS.index(name) + 1
    return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower()[:3]))


def _rest(text, at):
    return text[at:].lstrip(" \t:៖,.)–-").strip()
