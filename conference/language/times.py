"""A time of day as people type it: 17:45, 17.45, 17h45, 1745, 5:45 pm, ម៉ោង ៥:៤៥ ល្ងាច; and months."""

import datetime
import re

from conference.language.khmer import ascii_digits

# Whatever language the page is in. The Khmer ones: conference.language.khmer.
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PART = r"(?P<{0}m>a\.?m\b\.?|p\.?m\b\.?|ព្រឹក|ថ្ងៃត្រង់|រសៀល|ល្ងាច|យប់)?"
# With {0} for what its parts are called. The import finds two of them in a row of a table.
PATTERN = r"(?:ម៉ោង\s*)?(?P<{0}h>\d{{1,2}})(?:\s?[:.hH]\s?(?P<{0}n>\d{{2}})(?:[:.]\d{{2}}(?!\d))?)?(?!\d)\s*" + _PART
_ALONE = re.compile(PATTERN.format(""), re.IGNORECASE)
_DIGITS = re.compile(r"(\d{1,2})(\d{2})")


def read_time(typed: str) -> datetime.time | None:
    """None where it is no time of day."""
    plain = re.sub(r"[\s\u200b]+", " ", ascii_digits(typed)).strip()
    plain = re.sub(r"(?<=\d)\s?(?:នាទី|h)$", "", plain, flags=re.IGNORECASE)
    if whole := _DIGITS.fullmatch(plain):
        return time_of(whole[1], whole[2], "")
    match = _ALONE.fullmatch(plain)
    return time_of(match["h"], match["n"], match["m"]) if match else None


def time_of(hour: str, minute: str | None, part: str | None) -> datetime.time | None:
    """Of the digits as they were typed, and the part of the day: "pm", "ល្ងាច"."""
    hours, minutes, part = int(hour), int(minute or 0), (part or "").lower()
    afternoon = part.startswith("p") or part in ("រសៀល", "ល្ងាច", "យប់", "ថ្ងៃត្រង់")
    if afternoon and hours < (12 if part != "ថ្ងៃត្រង់" else 10):
        hours += 12
    if (part.startswith("a") or part == "ព្រឹក") and hours == 12:
        hours = 0
    if (hours, minutes) == (24, 0):  # the end of the day
        return datetime.time(0)
    return datetime.time(hours, minutes) if hours < 24 and minutes < 60 else None
