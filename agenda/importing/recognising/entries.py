"""Rows -> what belongs together: a day's heading, or a time with all that is written beside it and below. Pure."""

import datetime
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from agenda.importing.recognising.moments import Span, WrongTime, read_day, read_span
from agenda.importing.recognising.proposal import Problem

_HEADINGS = {
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
_HEADINGS = {name: re.compile(rf"(?:{pattern})\s*[:៖]?", re.IGNORECASE) for name, pattern in _HEADINGS.items()}
# A line between the rows, which belongs to neither.
_PART_OF_DAY = re.compile(
    r"(?:the )?(?:morning|afternoon|evening)(?: sessions?| programme?)?[:.]?|(?:ពេល|វេន|វគ្គពេល)(?:ព្រឹក|រសៀល|ល្ងាច)[៖:]?",
    re.IGNORECASE,
)


@dataclass
class Entry:
    row: int
    date: datetime.date
    span: Span
    lines: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    room: str = ""


@dataclass
class Heading:
    row: int
    date: datetime.date
    lines: list[str]


class Entries:
    def __init__(self, first_day):
        self.first_day, self.date, self.columns = first_day, None, {}
        self.entry, self.heading = None, None
        self.entries, self.headings, self.problems, self.passed_over = [], [], [], []

    def read(self, rows):
        for row in rows:
            self._row(row)
        if not self.entries and not self.problems:
            first = rows[0].number if rows else 1
            self._problem(first, _("No table was found: no row begins with a time, such as 8:30 – 9:00."))
        return self

    def _problem(self, row, text, *, stops=True):
        self.problems.append(Problem(row, text, stops))

    def _row(self, row):
        columns = _columns(row.cells)
        if columns:
            self._new_columns(row, columns)
            return
        if self.columns and not self._is_day_heading(row):
            cells = {name: row.cells[at] for name, at in self.columns.items() if at < len(row.cells)}
            if self._day_of_row(row, cells.get("date")) and not cells.get("start", cells.get("time")):
                return
            times = " – ".join(filter(None, [cells.get("time"), cells.get("start"), cells.get("end")]))
            filled = [cell for cell in row.cells if cell]
            if times or len(filled) > 1:
                self._with_columns(row, cells, times)
                return
        self._without_columns(row)

    def _is_day_heading(self, row):
        filled = [cell for cell in row.cells if cell]
        return (len(filled) == 1 or "date" not in self.columns) and bool(read_day(filled[0], self.first_day))

    def _new_columns(self, row, columns):
        self.columns, self.entry = columns, None
        if "time" not in columns and "start" not in columns:
            self._problem(row.number, _("The table has no column for the time."))
        if "title" not in columns:
            self._problem(row.number, _("The table has no column for the title."))

    def _day_of_row(self, row, text):
        found = read_day(text, self.first_day) if text else None
        if found and found[0] != self.date:
            self._begin_day(row, found[0], [found[1]] if found[1] else [])
        return found

    def _begin_day(self, row, date, lines):
        self.date, self.entry = date, None
        self.heading = Heading(row.number, date, lines)
        self.headings.append(self.heading)

    def _with_columns(self, row, cells, times):
        texts = [cells.get(name, "") for name in ("title", "description")]
        lines = [line for text in texts for line in text.split("\n") if line]
        if not times and self.entry:
            self._continue(row, lines)
        else:
            self._begin(row, times, lines)
        if self.entry and self.entry.row == row.number:
            self.entry.room = cells.get("room", "").split("\n")[0]
        if self.entry:
            self.entry.people += [line for line in cells.get("people", "").split("\n") if line]

    def _without_columns(self, row):
        cells = [cell for cell in row.cells if cell]
        found = read_day(cells[0], self.first_day)
        if found and not self._is_dated_row(cells):
            lines = [found[1], *cells[1:]]
            self._begin_day(row, found[0], [line for text in lines for line in text.split("\n") if line])
        elif found:
            self._day_of_row(row, cells[0])
            self._timed(row, cells[1:])
        elif row.cells[0] or not self.entry:
            self._timed(row, cells)
        else:
            self._continue(row, row.text.split("\n"))

    def _is_dated_row(self, cells):
        """A date and then a time in the same row."""
        try:
            return len(cells) > 1 and read_span(cells[1]) is not None
        except WrongTime:
            return True

    def _timed(self, row, cells):
        first = cells[0]
        try:
            times = read_span(first)
        except WrongTime:
            times = "wrong"
        if times is None:
            self._untimed(row, cells)
            return
        rest = cells[1:]
        if rest and times != "wrong" and not times[1] and not times[0].ends_at and _is_time(rest[0]):
            first, rest = f"{first} – {rest[0]}", rest[1:]
        self._begin(row, first, [line for cell in rest for line in cell.split("\n")])

    def _untimed(self, row, cells):
        entry = self.entry
        if len(cells) > 1 and entry:
            self._problem(row.number, _("“%(text)s” is no time that can be read.") % {"text": _short(cells[0])})
            self.entry = None
        elif _PART_OF_DAY.fullmatch(row.text):
            self.entry = None
            self.passed_over.append((row.number, row.text))
        elif entry and (not row.after_gap or not entry.lines):
            self._continue(row, row.text.split("\n"))
        elif self.heading and not entry and not row.after_gap and self.heading.row == row.number - 1:
            self.heading.lines += row.text.split("\n")
        else:
            self.entry = None
            self.passed_over.append((row.number, _short(row.text)))

    def _continue(self, row, lines):
        self.entry.lines += lines

    def _begin(self, row, times, lines):
        self.entry = None
        try:
            span, rest = read_span(times) or (None, "")
        except WrongTime:
            span = None
        if span is None:
            self._problem(row.number, _("“%(text)s” is no time that can be read.") % {"text": _short(times)})
            return
        if span.ends_at and span.ends_at <= span.starts_at:
            self._problem(row.number, _("The end is not after the beginning: %(text)s") % {"text": _short(times)})
            return
        if self.date is None:
            self._problem(row.number, _("No day stands above this row: taken as the first day."), stops=False)
            self.date = self.first_day
        self._ask_about_afternoon(row, span)
        self.entry = Entry(row.number, self.date, span, [*rest.split("\n"), *lines] if rest else lines)
        self.entries.append(self.entry)

    def _ask_about_afternoon(self, row, span):
        """“1:30” below “11:00” is hardly meant as half past one at night."""
        above = self.entries[-1] if self.entries else None
        if above and above.date == self.date and 0 < span.starts_at.hour < 7 and span.starts_at < above.span.starts_at:
            words = {"time": f"{span.starts_at:%H:%M}", "afternoon": f"{span.starts_at.hour + 12}:{span.starts_at:%M}"}
            said = _("%(time)s is before the row above. If the afternoon is meant, write %(afternoon)s.") % words
            self._problem(row.number, said, stops=False)


def _columns(cells):
    """{name: place} where a row is the heading of a table: every filled cell is a word for a column."""
    found = {}
    for at, cell in enumerate(cells):
        name = next((name for name, pattern in _HEADINGS.items() if pattern.fullmatch(cell)), None)
        if cell and (name is None or name in found):
            return {}
        if cell:
            found[name] = at
    return found if len(found) > 1 else {}


def _is_time(text):
    try:
        found = read_span(text)
    except WrongTime:
        return True
    return found is not None and not found[1] and found[0].ends_at is None


def _short(text):
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"
