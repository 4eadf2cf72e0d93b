"""The source as the preview draws it: each row as it stands there, beside what became of it. Pure."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agenda.importing.reading.document import Cell, Document, Paragraph, Row, Spot, Table
from agenda.importing.recognising.account import Answers, Became, ColumnRole, Fate, Layout
from agenda.importing.recognising.proposal import Proposal

# A form of this site has at most 2,000 fields.
MOST_SELECTS = 150  # over columns
MOST_DAY_SELECTS = 100

BECAME: dict[Became, str | Promise] = {
    Became.SESSION: _("session"),
    Became.PART: _("goes on"),
    Became.DAY: _("day"),
    Became.HEADING: _("heading"),
    Became.PASSED: _("left out"),
    Became.UNREAD: _("not understood"),
}
ROLES: dict[ColumnRole, str | Promise] = {
    ColumnRole.TIME: _("time"),
    ColumnRole.START: _("beginning"),
    ColumnRole.END: _("end"),
    ColumnRole.DURATION: _("length"),
    ColumnRole.DATE: _("day or date"),
    ColumnRole.NUMBER: _("number of the row"),
    ColumnRole.TITLE: _("title"),
    ColumnRole.TITLE_EN: _("title in English"),
    ColumnRole.TITLE_KM: _("title in Khmer"),
    ColumnRole.DESCRIPTION: _("description"),
    ColumnRole.PEOPLE: _("who appears"),
    ColumnRole.ROOM: _("room"),
    ColumnRole.TRACK: _("track"),
    ColumnRole.LANGUAGE: _("spoken language"),
    ColumnRole.SESSIONS: _("sessions, of the day, room or track above"),
    ColumnRole.OTHER: _("goes to the description under its own name"),
    ColumnRole.IGNORED: _("leave out"),
}
CHOICES = [(role.value, ROLES[role]) for role in ColumnRole]


@dataclass(frozen=True)
class Column:
    """One column of the source, with the select over it."""

    number: int  # from 1, as staff count
    heading: str
    name: str  # of the field
    role: str | Promise  # as it is read
    chosen: str  # what staff answered, or ""


@dataclass(frozen=True)
class SourceRow:
    spot: Spot
    cells: tuple[Cell, ...]  # with empty ones, so that each stands in its column
    fate: Fate
    word: str | Promise
    next_day: datetime.date | None = None  # offered in "a new day begins here"
    day_answer: str = ""  # what staff answered for this row
    asks_day: bool = False  # the heading of a day, or answered: staff choose among all days

    @property
    def anchor(self) -> str:
        return f"row-{self.spot.block}-{self.spot.row}"

    @property
    def day_name(self) -> str:
        return f"day-{self.spot.block}-{self.spot.row}"


@dataclass(frozen=True)
class Source:
    """A table, or a run of lines."""

    name: str
    columns: tuple[Column, ...]  # empty for lines
    width: int
    rows: tuple[SourceRow, ...]


def sources(document: Document, proposal: Proposal, answers: Answers, days: Sequence[datetime.date]) -> list[Source]:
    fates = {fate.spot: fate for fate in proposal.fates}
    layouts = {layout.block: layout for layout in proposal.layouts}
    running = _Days(proposal, answers, days)
    found: list[Source] = []
    selects = 0
    for blocks in _runs(document):
        first, first_block = blocks[0]
        name = document.part_of(Spot(first, 0))
        if isinstance(first_block, Table):
            columns = tuple(_columns(first, first_block, layouts.get(first), answers))
            selects += len(columns)
            if selects > MOST_SELECTS:
                columns = ()
            width = max(1, *(cell.column + cell.columns for row in first_block.rows for cell in row.cells), 1)
            drawn = list(_drawn(first_block.rows, width))
            rows = [_row(Spot(first, row.number), cells, fates, running) for row, cells in drawn]
            found.append(Source(name, columns, width, tuple(rows)))
        else:
            lines = [(at, block) for at, block in blocks if isinstance(block, Paragraph)]
            rows = [_row(Spot(at, line.number), (Cell(line.text, 0),), fates, running) for at, line in lines]
            found.append(Source(name, (), 1, tuple(rows)))
    return found


def _runs(document: Document) -> Iterator[list[tuple[int, Table | Paragraph]]]:
    """Each table alone; lines of one part that follow each other together."""
    run: list[tuple[int, Table | Paragraph]] = []
    for at, block in enumerate(document.blocks):
        before = run[-1][1] if run else None
        goes_on = isinstance(block, Paragraph) and isinstance(before, Paragraph)
        if before and not (goes_on and (before.file, before.part) == (block.file, block.part)):
            yield run
            run = []
        run.append((at, block))
    if run:
        yield run


def _columns(at: int, table: Table, layout: Layout | None, answers: Answers) -> Iterator[Column]:
    width = max([cell.column + cell.columns for row in table.rows for cell in row.cells], default=0)
    for number in range(width):
        role: str | Promise = ""
        if layout and number < len(layout.columns):
            role = ROLES[layout.columns[number]]
        heading = layout.headings[number] if layout and number < len(layout.headings) else ""
        name = f"column-{at}-{number}"
        yield Column(number + 1, heading, name, role, answers.get(name, ""))


def _drawn(rows: Sequence[Row], width: int) -> Iterator[tuple[Row, tuple[Cell, ...]]]:
    """The cells of each row, with empty ones where none stands. A merged cell keeps its place, not its span downwards:
    each row stands for itself on a phone.
    """
    until: dict[int, int] = {}  # column -> the last row over which a cell above is merged
    for row in rows:
        cells, column = [], 0
        for cell in row.cells:
            while column < cell.column:
                cells.append(Cell("〃" if until.get(column, 0) >= row.number else "", column))
                column += 1
            cells.append(cell)
            column = cell.column + cell.columns
            for covered in range(cell.column, column):
                until[covered] = row.number + cell.rows - 1
        while column < width:
            cells.append(Cell("〃" if until.get(column, 0) >= row.number else "", column))
            column += 1
        yield row, tuple(cells)


def _row(spot: Spot, cells: tuple[Cell, ...], fates: Mapping[Spot, Fate], running: "_Days") -> SourceRow:
    fate = fates.get(spot, Fate(spot, Became.PART))
    following = running.after(spot)
    answer = running.answers.get(f"day-{spot.block}-{spot.row}", "")
    return SourceRow(
        spot=spot,
        cells=cells,
        fate=fate,
        word=BECAME[fate.became],
        next_day=following,
        day_answer=answer,
        asks_day=running.may_ask(bool(answer) or fate.became == Became.DAY),
    )


class _Days:
    """The day that runs on from row to row, and which would be the next."""

    def __init__(self, proposal: Proposal, answers: Answers, days: Sequence[datetime.date]) -> None:
        self.answers, self.days = answers, days
        self.dates: dict[Spot, datetime.date] = {Spot(day.block, day.row): day.date for day in proposal.days}
        for top in proposal.sessions:
            for one in top.walk():
                self.dates.setdefault(Spot(one.block, one.row), one.date)
        self.date: datetime.date | None = None
        self.asked = 0

    def may_ask(self, wanted: bool) -> bool:
        self.asked += wanted
        return wanted and self.asked <= MOST_DAY_SELECTS

    def after(self, spot: Spot) -> datetime.date | None:
        before, self.date = self.date, self.dates.get(spot, self.date)
        if spot in self.dates and before and self.date != before:
            return self.date  # a day begins here already
        return next((day for day in self.days if self.date is None or day > self.date), None)
