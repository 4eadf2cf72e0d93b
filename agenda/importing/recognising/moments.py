"""Times and days as people write them, in either digits. Pure."""

import datetime
import re
from dataclasses import dataclass

from conference.khmer import MONTHS as KHMER_MONTHS
from conference.khmer import ascii_digits
from conference.times import PATTERN, time_of

_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_TO = r"\s*(?:[-–—−‒→~]|to\b|until\b|till\b|ដល់)\s*"
_SPAN = re.compile(rf"\s*{PATTERN.format('a')}(?:{_TO}{PATTERN.format('b')})?\s*[:|៖]?\s*", re.IGNORECASE)
# What was meant as a time and is none: "8:3 – 9", "25:00".
_ATTEMPT = re.compile(r"\s*\d{1,3}\s?[:h]\s?\d", re.IGNORECASE)

_WEEKDAY = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?|"
    r"ថ្ងៃ(?:ចន្ទ|អង្គារ|ពុធ|ព្រហស្បតិ៍|សុក្រ|សៅរ៍|អាទិត្យ))[,\s]*",
    re.IGNORECASE,
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


def read_span(text: str) -> tuple[Span | None, str] | None:
    """(Span, the rest of the text), or None where no time stands at the beginning.

    Without a Span where a time was meant and there is no such time.
    """
    plain = ascii_digits(text)
    match = _SPAN.match(plain)
    if not match or not _is_clock(match, "a") or (match["bh"] and not _is_clock(match, "b")):
        return (None, text) if _ATTEMPT.match(plain) else None
    ends = _time(match, "b") if match["bh"] else None
    starts = _time(match, "a", match["bm"] if ends else None)
    if starts is None or (match["bh"] and ends is None):
        return None, text
    if ends and match["bm"] and not match["am"] and starts > ends:  # "11:30 – 1:00 pm", "8:00 – 12:30 am"
        starts = _time(match, "a", "pm" if ends.hour < 12 else "am") or starts
    return Span(starts, ends), text[match.end() :].strip()


def _is_clock(match: re.Match[str], side: str) -> bool:
    """ "9" alone is a number: minutes or a part of the day make it a time."""
    return bool(match[side + "n"] or match[side + "m"] or (side == "a" and match["bm"]))


def _time(match: re.Match[str], side: str, meridiem: str | None = None) -> datetime.time | None:
    return time_of(match[side + "h"], match[side + "n"], match[side + "m"] or meridiem)


def read_day(text: str, first_day: datetime.date) -> tuple[datetime.date, str] | None:
    """(date, the rest of the text), or None where no day stands at the beginning."""
    plain = ascii_digits(text)
    found = _date(plain, 0, first_day)
    if not found and (day := _DAY.match(plain)):
        found = _date(plain, day.end(), first_day)  # "Day 1: March 26"
        if not found:
            name = (day["n"] or day["k"]).lower()
            number = _ORDINALS.get(name) or int(name)
            found = first_day + datetime.timedelta(days=max(number, 1) - 1), day.end()
    return (found[0], text[found[1] :].lstrip(" \t:៖,.)–-").strip()) if found else None


def _date(text: str, at: int, first_day: datetime.date) -> tuple[datetime.date, int] | None:
    """(the date that stands there, after its weekday or without one; where it ends)."""
    weekday = _WEEKDAY.match(text, at)
    at = weekday.end() if weekday else at
    for pattern in _DATES:
        match = pattern.match(text, at)
        if match:
            name = match["m"].casefold()
            if name.isdigit():
                month = int(name)
            elif name in KHMER_MONTHS:
                month = KHMER_MONTHS.index(name) + 1
            else:
                month = next(at for at, one in enumerate(_MONTHS, start=1) if one.startswith(name[:3]))
            try:
                return datetime.date(int(match["y"] or first_day.year), month, int(match["d"])), match.end()
            except ValueError:
                return None
    return None
