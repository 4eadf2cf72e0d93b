"""The one day of the edition that a line above the agenda names: "Here is the plan for Tuesday, 26 March:". Pure."""

import datetime
import re
from collections.abc import Iterator, Sequence

from agenda.importing.reading.document import Document, Paragraph, Spot
from agenda.importing.recognising.account import Became, Fate
from agenda.importing.recognising.days import days_within
from agenda.importing.recognising.entries import DayMark, Entry, Event, Found
from agenda.importing.recognising.mail import mail_heads
from agenda.importing.recognising.moments import Span, ascii_digits, read_span

_CLOCK = re.compile(r"(?<![\d:.])\d{1,2}\s?(?:[:.h៖ៈ]\s?\d\d(?!\d|[./]\d)|[ap]\.?m\b)", re.IGNORECASE)
_LONGEST = 300  # letters: a longer text is no line above an agenda
_MOST = 60  # lines above an agenda in which a day is looked for
# Before a date that is not the day of the agenda.
_ANOTHER_DAY = re.compile(
    r"\b(?:by|before|until|till|deadline|later than|regist\w+|rsvp|confirm\w*|submit\w*|version|updated?|draft|"
    r"printed|revised|sent|avant|trước|sebelum)\b[^.]{0,25}$|(?:មុន|ត្រឹម|ก่อน|ภายใน)[^.]{0,25}$",
    re.IGNORECASE,
)


def add_announced_day(
    document: Document, found: Found, first_day: datetime.date, last_day: datetime.date | None
) -> None:
    """Puts it before the first session, where no day stands there and no other table follows without one."""
    above = _undated(found.events)
    if not above or last_day is None or last_day == first_day:
        return
    named: dict[datetime.date, tuple[Spot, str]] = {}
    for spot, text in _lines_above(document, above[0].spot):
        for day, before, behind in days_within(text):
            readings = [day.on(first_day), day.month_first(first_day)]
            if readings[0] is None:  # several days
                return
            for date in readings:
                if date and first_day <= date <= last_day and not _ANOTHER_DAY.search(before):
                    named[date] = (spot, f"{before.strip()} {behind.strip(' .,:៖()')}".strip())
    if len(named) == 1:
        date, (spot, left) = next(iter(named.items()))
        found.events.insert(found.events.index(above[0]), DayMark(spot, None, date=date))
        found.fates[spot] = Fate(spot, Became.DAY, left=left)


def announced_hours(document: Document, spot: Spot) -> Span | None:
    """The one time that the lines above a row name: "26 March 2027, 9:00 – 12:00"."""
    found: set[Span] = set()
    for _spot, text in _lines_above(document, spot):
        end = 0
        for clock in _CLOCK.finditer(ascii_digits(text)):
            span, rest = (read_span(text[clock.start() :]) or (None, "")) if clock.start() >= end else (None, "")
            if span:
                found.add(span)
                end = len(text) - len(rest)
    return found.pop() if len(found) == 1 else None


def _undated(events: Sequence[Event]) -> list[Entry]:
    """The sessions above every day, if they stand in one table or in lines that follow each other."""
    found: list[Entry] = []
    for event in events:
        if isinstance(event, Entry):
            if event.day:
                return []
            found.append(event)
        elif event.day or event.date:
            break
        elif found and event.is_restart:
            return []
    return found


def _lines_above(document: Document, spot: Spot) -> Iterator[tuple[Spot, str]]:
    rows = [
        (Spot(at, row.number), row.text)
        for at, block in enumerate(document.blocks[: spot.block + 1])
        for row in ([block] if isinstance(block, Paragraph) else block.rows)
    ]
    above = [row for row in rows if row[0] < spot][-_MOST:]
    heads = mail_heads([text for _spot, text in above])
    for at, (there, text) in enumerate(above):
        if len(text) <= _LONGEST and at not in heads:
            yield there, text
