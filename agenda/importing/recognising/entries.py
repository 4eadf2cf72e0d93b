"""Rows -> what belongs together: a day's heading, or a time with all that is written beside it and below. Pure."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from agenda.hours import EVENING, is_possible
from agenda.importing.reading.rows import Row
from agenda.importing.recognising.days import read_day
from agenda.importing.recognising.kinds import is_part_of_day
from agenda.importing.recognising.moments import Span, read_span
from agenda.importing.recognising.proposal import Problem

_COLUMN_WORDS = {
    "time": r"times?|time slot|hours?|schedule|ម៉ោង|ពេលវេលា",
    "start": r"starts?(?: time| at)?|begins?|from|ម៉ោងចាប់ផ្តើម|ចាប់ពី",
    "end": r"ends?(?: time| at)?|finish|to|until|ម៉ោងបញ្ចប់|ដល់",
    "date": r"dates?|days?|ថ្ងៃ|កាលបរិច្ឆេទ|ថ្ងៃខែ",
    "title": r"titles?|sessions?|activit(?:y|ies)|agenda(?: items?)?|topics?|items?|programme?|what|"
    r"ចំណងជើង|សកម្មភាព|កម្មវិធី|របៀបវារៈ|វគ្គ|ខ្លឹមសារ",
    "description": r"descriptions?|details?|notes?|remarks?|abstract|ការពណ៌នា|ព័ត៌មានលម្អិត|កំណត់សម្គាល់|ផ្សេងៗ",
    "people": r"speakers?|presenters?|who|by|facilitators?|responsible(?: person)?|organi[sz]ations?|"
    r"វាគ្មិន|អ្នកទទួលខុសត្រូវ|អ្នកធ្វើបទបង្ហាញ|ស្ថាប័ន",
    "room": r"rooms?|venues?|places?|locations?|ទីកន្លែង|បន្ទប់",
    "number": r"no\.?|nr\.?|#|ល\.?រ\.?",
}
_HEADINGS = {name: re.compile(rf"(?:{pattern})\s*[:៖]?", re.IGNORECASE) for name, pattern in _COLUMN_WORDS.items()}


@dataclass
class Entry:
    row: int
    date: datetime.date
    span: Span
    lines: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    room: str = ""
    guid: str = ""


@dataclass
class Heading:
    row: int
    date: datetime.date
    lines: list[str]


class Entries:
    def __init__(self, first_day: datetime.date) -> None:
        self.first_day = first_day
        # As far as the rows were read:
        self.date: datetime.date | None = None
        self.columns: dict[str, int] = {}  # name -> place
        self.entry: Entry | None = None  # to which a row without a time belongs
        self.entries: list[Entry] = []
        self.headings: list[Heading] = []
        self.problems: list[Problem] = []
        self.passed_over: list[tuple[int, str]] = []

    def read(self, rows: Sequence[Row]) -> "Entries":
        for row in rows:
            columns = _columns(row.cells)
            if columns:
                self.columns, self.entry = columns, None
                if "time" not in columns and "start" not in columns:
                    self._problem(row.number, _("The table has no column for the time."))
                if "title" not in columns:
                    self._problem(row.number, _("The table has no column for the title."))
            elif not (self.columns and self._with_columns(row)):
                self._without_columns(row)
        if not self.entries and not self.problems:
            first = rows[0].number if rows else 1
            self._problem(first, _("No table was found: no row begins with a time, such as 8:30 – 9:00."))
        return self

    def _problem(self, row: int, text: str, *, stops: bool = True) -> None:
        self.problems.append(Problem(row, text, stops))

    def _with_columns(self, row: Row) -> bool:
        """Reads a row by the columns of its table. False if it is a heading or a note, which has no columns."""
        filled = [cell for cell in row.cells if cell]
        if (len(filled) == 1 or "date" not in self.columns) and read_day(filled[0], self.first_day):
            return False
        cells = {name: row.cells[at] for name, at in self.columns.items() if at < len(row.cells)}
        if self._day_of_row(row, cells.get("date", "")) and not cells.get("start", cells.get("time")):
            return True
        times = " – ".join(cells[name] for name in ("time", "start", "end") if cells.get(name))
        if not times and len(filled) == 1:
            return False
        texts = [cells.get(name, "") for name in ("title", "description")]
        lines = [line for text in texts for line in text.split("\n") if line]
        if not times and self.entry:
            self.entry.lines += lines
        else:
            self._begin(row, times, lines)
        if self.entry and self.entry.row == row.number:
            self.entry.room = cells.get("room", "").split("\n")[0]
        if self.entry:
            self.entry.people += [line for line in cells.get("people", "").split("\n") if line]
        return True

    def _without_columns(self, row: Row) -> None:
        cells = [cell for cell in row.cells if cell]
        found = read_day(cells[0], self.first_day)
        if found and len(cells) > 1 and read_span(cells[1]):  # a date and then a time in the same row
            self._day_of_row(row, cells[0])
            self._timed(row, cells[1:])
        elif found:
            lines = [found[1], *cells[1:]]
            self._begin_day(row, found[0], [line for text in lines for line in text.split("\n") if line])
        elif row.cells[0] or not self.entry:
            self._timed(row, cells)
        else:
            self.entry.lines += row.text.split("\n")

    def _day_of_row(self, row: Row, text: str) -> bool:
        """True if the text is a day, which the row and those below it are on."""
        found = read_day(text, self.first_day)
        if found and found[0] != self.date:
            self._begin_day(row, found[0], [found[1]] if found[1] else [])
        return found is not None

    def _begin_day(self, row: Row, date: datetime.date, lines: list[str]) -> None:
        self.date, self.entry = date, None
        self.headings.append(Heading(row.number, date, lines))

    def _timed(self, row: Row, cells: list[str]) -> None:
        """A row whose first cell should be a time; the second may be its end."""
        times, rest = cells[0], cells[1:]
        found = read_span(times)
        if found is None:
            self._untimed(row, cells)
            return
        if rest and found[0] and not found[1] and not found[0].ends_at:
            following = read_span(rest[0])
            if following and not (following[0] and (following[1] or following[0].ends_at)):
                times, rest = f"{times} – {rest[0]}", rest[1:]
        self._begin(row, times, [line for cell in rest for line in cell.split("\n")])

    def _untimed(self, row: Row, cells: list[str]) -> None:
        entry, heading = self.entry, self.headings[-1] if self.headings else None
        if len(cells) > 1 and entry:
            self._problem(row.number, _("“%(text)s” is no time that can be read.") % {"text": _short(cells[0])})
            self.entry = None
        elif is_part_of_day(row.text):
            self.entry = None
            self.passed_over.append((row.number, row.text))
        elif entry and (not row.after_gap or not entry.lines):
            entry.lines += row.text.split("\n")
        elif heading and not entry and not row.after_gap and heading.row == row.number - 1:
            heading.lines += row.text.split("\n")
        else:
            self.entry = None
            self.passed_over.append((row.number, _short(row.text)))

    def _begin(self, row: Row, times: str, lines: list[str]) -> None:
        self.entry = None
        span, rest = read_span(times) or (None, "")
        if span is None:
            self._problem(row.number, _("“%(text)s” is no time that can be read.") % {"text": _short(times)})
            return
        if span.ends_at and not is_possible(span.starts_at, span.ends_at):
            said = _(
                "The end is not after the beginning: %(text)s. What begins at 16:00 or later may end in the night, by "
                "4:00, such as 20:00 – 0:30."
            )
            self._problem(row.number, said % {"text": _short(times)})
            return
        if self.date is None:
            self._problem(row.number, _("No day stands above this row: taken as the first day."), stops=False)
            self.date = self.first_day
        above, begins = self.entries[-1] if self.entries else None, span.starts_at
        # “1:30” below “11:00” is hardly meant as half past one at night, as it is below “22:00”.
        if above and above.date == self.date and 0 < begins.hour < 7 and begins < above.span.starts_at < EVENING:
            words = {"time": f"{begins:%H:%M}", "afternoon": f"{begins.hour + 12}:{begins:%M}"}
            said = _("%(time)s is before the row above. If the afternoon is meant, write %(afternoon)s.") % words
            self._problem(row.number, said, stops=False)
        self.entry = Entry(row.number, self.date, span, [*rest.split("\n"), *lines] if rest else lines, guid=row.guid)
        self.entries.append(self.entry)


def _columns(cells: Iterable[str]) -> dict[str, int]:
    """{name: place} where a row is the heading of a table: every filled cell is a word for a column."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = next((name for name, pattern in _HEADINGS.items() if pattern.fullmatch(cell)), None)
        if cell and (name is None or name in found):
            return {}
        if cell and name:
            found[name] = at
    return found if len(found) > 1 else {}


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"
