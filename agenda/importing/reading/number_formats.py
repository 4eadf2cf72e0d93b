"""Numbers, dates and times of a spreadsheet as text: as the sheet shows them, but dates so that they can mean one day.

A sheet keeps 8:30 as 0.354 and a date as the days since 1900; a format says which it is.
"""

import datetime
import re
from functools import lru_cache

from conference.language.times import ENGLISH_MONTHS

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss",
}  # fmt: skip
# In the languages of East Asia.
_BUILT_IN |= dict.fromkeys([*range(27, 32), 36, 50, 51, 52, 53, 54, 57, 58], "d/m/yyyy")
_BUILT_IN |= dict.fromkeys([32, 33, 34, 35, 55, 56], "h:mm")
# What is shown as it stands (in quotes, after a backslash), what only takes room, and colours, conditions, languages.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_NO_SIGN = re.compile(r"[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]", re.IGNORECASE)
_MINUTES = re.compile(r"(?<=h)(\W*)m{1,2}(?!m)|m{1,2}(?=\W*s)", re.IGNORECASE)
_PLACES = re.compile(r"[0#?]")
_FIRST_DAY = datetime.date(1899, 12, 30)


def shown(number: float, code: str) -> str:
    """`code` is the format, as Excel writes it."""
    kind = _kind(code)
    if kind == "number":
        return _number(number, code)
    if not 0 <= number < 2_900_000:
        return f"{number:.15g}"
    days, seconds = divmod(round(number * 86400), 86400)
    if kind == "elapsed":
        return clock_shown(days * 86400 + seconds)
    if kind == "minutes":
        return f"{seconds // 60}:{seconds % 60:02}"
    if kind == "time":
        return "24:00" if (days, seconds) == (1, 0) else clock_shown(seconds)
    day = day_shown(_FIRST_DAY + datetime.timedelta(days), with_day="d" in kind, with_year="y" in kind)
    return f"{day} {clock_shown(seconds)}" if seconds and "h" in kind else day


def day_shown(date: datetime.date, *, with_day: bool, with_year: bool) -> str:
    """The year is said only where the sheet shows it: often it is not the one that is meant."""
    if with_day and with_year:
        return date.isoformat()
    month = ENGLISH_MONTHS[date.month - 1]
    return f"{date.day} {month}" if with_day else f"{month} {date.year}"


def code_of(number: int, own: dict[int, str]) -> str:
    return own.get(number) or _BUILT_IN.get(number, "General")


def clock_shown(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    text = f"{hours:02}:{rest // 60:02}"
    return f"{text}:{rest % 60:02}" if rest % 60 else text


@lru_cache(maxsize=500)
def _kind(code: str) -> str:
    """ "number", "elapsed", "minutes", "time", or which of day, year and hours a date shows: "dyh"."""
    signs = _NO_SIGN.sub("", _LITERAL.sub("", code.split(";")[0])).lower()
    if signs in ("general", "@", "", "standard") or _PLACES.search(signs.replace("general", "")):
        return _date_kind(signs) if re.search(r"[yd]|h.*m|m.*s", signs) else "number"
    return _date_kind(signs)


def _date_kind(signs: str) -> str:
    if re.search(r"\[[hms]+\]", signs):
        return "elapsed"
    if not re.search(r"[ymdhs]", signs):
        return "number"
    rest = _MINUTES.sub(r"\1", signs.replace("am/pm", "").replace("a/p", ""))
    has_hours, has_date = "h" in rest, bool(re.search(r"[ymd]", rest))
    if not has_date:
        return "time" if has_hours else "minutes"
    has_day = bool(re.search(r"(?<!d)d{1,2}(?!d)", rest))
    if not has_day and "d" in rest:  # the name of the weekday alone: which day it is, only the date behind it says
        return "dyh" if has_hours else "dy"
    return ("d" if has_day else "") + ("y" if "y" in rest or not has_day else "") + ("h" if has_hours else "")


def _number(number: float, code: str) -> str:
    section, *others = code.split(";")
    plain = f"{number:.15g}"
    if number == 0 and others[1:2] == [""]:
        return ""
    if section.lower() in ("general", "@", ""):
        return _lost_time(number) or plain
    if number < 0 or "e+" in section.lower() or "/" in section:
        return plain
    section = re.sub("general", "0" if number == int(number) else "0.00", section, flags=re.IGNORECASE)
    # Every sign that is shown as it stands is set aside, so that the places of digits are all that is left.
    literals: list[str] = []

    def aside(literal: re.Match[str]) -> str:
        literals.append(literal[1] if literal[1] is not None else literal[2])
        return chr(0xE000 + len(literals) - 1)

    section = _NO_SIGN.sub("", _LITERAL.sub(aside, section)).replace(",", "")
    if not _PLACES.search(section):
        return plain
    whole, point, part = section.partition(".")
    decimals = len(_PLACES.findall(part)) if point else 0
    digits = f"{number * (100 if '%' in section else 1):.{decimals}f}"
    left, _point, right = digits.partition(".")
    text = _filled(whole, left) + (f".{right}" if decimals else "") + _PLACES.sub("", part)
    return re.sub("[\ue000-\uf8ff]", lambda sign: literals[ord(sign[0]) - 0xE000], text)


def _lost_time(number: float) -> str:
    """0.354166667 is 8:30 in a cell that has lost its format. No other number ends so by chance."""
    minutes = number * 1440
    is_time = 0 < number < 1 and len(f"{number:.9g}") > 6 and abs(minutes - round(minutes)) < 0.0001
    return clock_shown(round(minutes) * 60) if is_time else ""


def _filled(pattern: str, digits: str) -> str:
    """The digits in the places of the pattern, from the right; what is left over stands before the first place."""
    signs: list[str] = []
    rest = list(digits if digits != "0" or "0" in pattern else "")
    first = _PLACES.search(pattern)
    for at in range(len(pattern) - 1, -1, -1):
        sign = pattern[at]
        if not _PLACES.match(sign):
            signs.append(sign)
        elif rest or sign == "0":
            signs.append(rest.pop() if rest else "0")
        if first and at == first.start():
            signs += rest[::-1]
            rest = []
    return "".join(reversed(signs))
