"""What a reader has found so far, in order, and never more than the limits."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agenda.importing.reading.document import Block, Cell, Document, LeftOut, Paragraph, Row, Table
from agenda.importing.reading.rows import Unreadable, tidy
from agenda.importing.reading.within import Clock
from conference.files import limits
from conference.words import digits

_SHOWN = 80  # letters of what is left out


class Gathering:
    def __init__(self) -> None:
        self._clock = Clock()
        self._blocks: list[Block] = []
        self._left_out: dict[LeftOut, None] = {}
        self._rows = self._cells = self._letters = 0

    def paragraph(self, text: str, number: int, *, part: str = "", level: int = 0, bullet: bool = False) -> None:
        self.still_within()
        if text := self._tidy(text):
            self._count(1)
            self._blocks.append(Paragraph(text, number, part, level=level, bullet=bullet))

    def table(self, rows: Iterable[tuple[int, Iterable[Cell]]], part: str = "") -> None:
        """Rows as (number, cells): they are taken one after the other, and no further than the limits."""
        taken = []
        for number, cells in rows:
            self.still_within()
            filled = tuple(self._tidied(cells))
            if any(cell.text for cell in filled):
                self._count(len(filled))
                taken.append(Row(number, filled))
        if taken:
            self._blocks.append(Table(tuple(taken), part))

    def leave_out(self, where: str, text: str, reason: str) -> None:
        text = " ".join(tidy(text).split())
        if len(self._left_out) < limits.ROWS:
            self._left_out[LeftOut(where, text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…", reason)] = None

    def document(self) -> Document:
        return Document(tuple(self._blocks), tuple(self._left_out))

    def still_within(self) -> None:
        """For a reader too, before each piece of work: it may not take too long."""
        self._clock.check()

    def _tidied(self, cells: Iterable[Cell]) -> Iterable[Cell]:
        """Without the empty ones, but for those that are merged with others."""
        for cell in cells:
            if not cell.text and cell.rows == 1 and cell.columns == 1:
                continue
            text = self._tidy(cell.text)
            if text and cell.column >= limits.COLUMNS:
                said = _(
                    "This table has more than %(number)s columns. Send only those with the time, the title and the "
                    "people."
                )
                raise Unreadable(said % {"number": digits(limits.COLUMNS)})
            if (text or cell.rows > 1 or cell.columns > 1) and cell.column < limits.COLUMNS:
                columns = min(max(cell.columns, 1), limits.COLUMNS - cell.column)
                yield Cell(text, cell.column, columns, min(max(cell.rows, 1), limits.ROWS))

    def _tidy(self, text: str) -> str:
        self._letters += len(text)
        if self._letters > limits.TEXT:
            raise Unreadable(_("This is too long to be read at once. Paste one day at a time."))
        return tidy(text)

    def _count(self, cells: int) -> None:
        self._rows, self._cells = self._rows + 1, self._cells + cells
        if self._cells > limits.CELLS:
            said = _("This table has more than %(number)s cells. Paste one day at a time.")
            raise Unreadable(said % {"number": digits(limits.CELLS)})
        if self._rows > limits.ROWS:
            said = _("This table has more than %(number)s rows. Paste one day at a time.")
            raise Unreadable(said % {"number": digits(limits.ROWS)})
