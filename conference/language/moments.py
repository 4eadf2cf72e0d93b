"""A day and a time as people type them: 20 March, 8:00; 20/3/2026 8.00; ថ្ងៃទី២០ ខែមីនា ម៉ោង ៨ ព្រឹក."""

import re
from datetime import date, datetime

from django.utils import timezone

from conference import clock
from conference.language.khmer import INVISIBLE, MONTHS, WEEKDAYS, ascii_digits
from conference.language.times import ENGLISH_MONTHS, read_time

_NUMBERS = {name: number for names in (ENGLISH_MONTHS, MONTHS) for number, name in enumerate(names, start=1)}
_NUMBERS = {name.casefold(): number for name, number in _NUMBERS.items()}
_NUMBERS |= {name[:3].casefold(): number for number, name in enumerate(ENGLISH_MONTHS, start=1)} | {"sept": 9}
_MONTH = f"(?P<month>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})" + r"\.?"
_DAY, _YEAR = r"(?<!\d)(?P<day>\d{1,2})", r"(?P<year>20\d\d)(?!\d)"
_IN_WORDS = rf"{_DAY}(?:st|nd|rd|th)?\s*(?:of\s|ខែ)?\s*{_MONTH}(?:,?\s*(?:ឆ្នាំ\s*)?{_YEAR})?"
_DATES = [
    re.compile(rf"{_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?!\d)t?"),
    re.compile(_IN_WORDS),
    re.compile(rf"{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s*{_YEAR})?"),
    re.compile(rf"{_DAY}\s?[./-]\s?(?P<month>\d{{1,2}})(?![\d:])(?:\s?[./-]\s?{_YEAR})?\.?"),
]
_ENGLISH_DAYS = r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_BESIDE = re.compile(rf"{_ENGLISH_DAYS}|ថ្ងៃ\s*(?:{'|'.join(WEEKDAYS)})|\bat\b|\bon\b|ថ្ងៃ\s*ទី|ថ្ងៃ|ទី|វេលា|[,;()។]")


def read_moment(typed: str) -> datetime | None:
    """In the time of Phnom Penh; None where it is no day with a time. Without a year it is the next such day."""
    plain = re.sub(r"\s+", " ", INVISIBLE.sub("", ascii_digits(typed))).strip().casefold()
    for pattern in _DATES:
        found = pattern.search(plain)
        if found is None:
            continue
        day = _day_of(found)
        time = read_time(_BESIDE.sub(" ", plain[: found.start()] + " " + plain[found.end() :]))
        return timezone.make_aware(datetime.combine(day, time)) if day and time else None
    return None


def _day_of(found: re.Match[str]) -> date | None:
    month = found["month"].rstrip(".")
    number, today = _NUMBERS.get(month) or int(month), clock.today()
    years = [int(found["year"])] if found["year"] else range(today.year, today.year + 5)
    for year in years:
        try:
            day = date(year, number, int(found["day"]))
        except ValueError:  # of the year, or of no year
            continue
        if found["year"] or day >= today:
            return day
    return None
