"""Dates and times of files, as programs and spreadsheets write them."""

import datetime
import re
from collections.abc import Iterable

from agenda.hours import YEARS, date_of_a_conference
from conference.language.khmer import ascii_digits
from conference.language.times import read_time

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_PARTS = re.compile(r"(\d{1,4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,4})(?:[T ].*)?$")
_IN_WORDS = ("%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%a %d %b %Y", "%A, %B %d, %Y")
# What a spreadsheet keeps, where a file has lost how it is shown: days since 1899, and parts of a day.
_SERIAL_DAY = re.compile(r"[3-7]\d{4}(?:\.0+)?")
_SERIAL_CLOCK = re.compile(r"0\.\d{2,17}")
_BEFORE_DAY_ONE = datetime.date(1899, 12, 30)
DAY_FIRST, MONTH_FIRST = "day first", "month first"


def dates_in(text: str) -> dict[str, datetime.date]:
    """By the order in which day and month are read; both are the same where it is not open."""
    text = ascii_digits(text).strip()
    if match := _ISO.match(text):
        date = _date(match[1], match[2], match[3])
        return {DAY_FIRST: date, MONTH_FIRST: date} if date else {}
    if match := _PARTS.match(text):
        one, two, year = match.groups()
        orders = {DAY_FIRST: _date(year, two, one), MONTH_FIRST: _date(year, one, two)}
        return {order: date for order, date in orders.items() if date}
    if _SERIAL_DAY.fullmatch(text):
        date = _BEFORE_DAY_ONE + datetime.timedelta(days=int(float(text)))
        return {DAY_FIRST: date, MONTH_FIRST: date}
    for form in _IN_WORDS:
        try:
            date = datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
        return {DAY_FIRST: date, MONTH_FIRST: date} if date.year in YEARS else {}
    return {}


def order_of(cells: Iterable[tuple[str, datetime.date]]) -> str:
    """Which of the two is the month in a file: its rows whose date is known tell."""
    orders = {DAY_FIRST, MONTH_FIRST}
    for text, known in cells:
        found = dates_in(text)
        fitting = {order for order, date in found.items() if date == known}
        if fitting:
            orders &= fitting
    return orders.pop() if len(orders) == 1 else ""


def date_of(text: str, order: str, days: Iterable[datetime.date]) -> datetime.date | None:
    """None where it is no date, or where it stays open which of the two is the month."""
    found = dates_in(text)
    candidates = set(found.values())
    if len(candidates) == 1:
        return candidates.pop()
    if order in found:
        return found[order]
    within = candidates & set(days)
    return within.pop() if len(within) == 1 else None


def clock_of(text: str) -> datetime.time | None:
    """ "08:30", "08:30:00 AM", "2026-03-01T08:30:00+07:00" is none."""
    if _SERIAL_CLOCK.fullmatch(text.strip()):
        minutes = round(float(text) * 24 * 60) % (24 * 60)
        return datetime.time(minutes // 60, minutes % 60)
    found = read_time(text)
    return found.replace(second=0, microsecond=0) if found else None


def length_of(text: str) -> datetime.timedelta | None:
    """ "00:30", "1:02:30" (a day, two hours and a half), "45" minutes."""
    parts = ascii_digits(text).strip().split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isdecimal() and len(part) < 6 for part in parts):
        return None
    numbers = [0, 0, *map(int, parts)][-3:]
    return datetime.timedelta(days=numbers[0], hours=numbers[1], minutes=numbers[2])


def _date(year: str, month: str, day: str) -> datetime.date | None:
    number = int(year)
    return date_of_a_conference(number + 2000 if len(year) < 3 else number, int(month), int(day))
