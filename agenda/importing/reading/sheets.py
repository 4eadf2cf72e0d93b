"""What the readers of spreadsheets share: a sheet as it is shown. Its hidden rows and columns are named, not read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from agenda.importing.reading.document import Cell
from agenda.importing.reading.gathering import Gathering


class Sheet:
    def __init__(self, title: str, found: Gathering, hidden_columns: set[int]) -> None:
        self.title, self.found = title, found
        self._is_hidden = hidden_columns
        self._in_hidden: dict[int, list[str]] = defaultdict(list)  # column -> its texts
        self._later: dict[int, list[Cell]] = defaultdict(list)  # row -> cells that begin in a hidden row above it

    @property
    def where(self) -> str:
        return _("Sheet “%(name)s”") % {"name": self.title}

    def put(self, rows: Iterable[tuple[int, Iterable[Cell], bool]]) -> None:
        """Rows as (number, cells, whether it is hidden)."""
        self.found.table(self._shown_rows(rows), self.title)
        for column, texts in sorted(self._in_hidden.items()):
            place = _("column %(name)s") % {"name": letters(column)}
            self.leave_out(place, " ".join(texts), _("The column is hidden: it is not read."))

    def leave_out(self, place: str, text: str, reason: str) -> None:
        self.found.leave_out(f"{self.where}, {place}" if place else self.where, text, reason)

    def _shown_rows(self, rows: Iterable[tuple[int, Iterable[Cell], bool]]) -> Iterator[tuple[int, list[Cell]]]:
        for number, cells, is_hidden in rows:
            self.found.still_within()
            shown = self._later.pop(number, []) + list(self._shown(cells))
            if not is_hidden:
                yield number, sorted(shown, key=lambda cell: cell.column)
                continue
            self._later[number + 1] += [replace(cell, rows=cell.rows - 1) for cell in shown if cell.rows > 1]
            text = " ".join(cell.text for cell in shown if cell.rows == 1)
            if text.strip():
                place = _("row %(number)s") % {"number": number}
                self.leave_out(place, text, _("The row is hidden: it is not read."))

    def _shown(self, cells: Iterable[Cell]) -> Iterator[Cell]:
        """A merged cell stands in the first of its columns that is shown."""
        for cell in cells:
            columns = range(cell.column, cell.column + cell.columns)
            first = next((column for column in columns if column not in self._is_hidden), None)
            if first is None:
                self._in_hidden[cell.column].append(cell.text)
            else:
                yield replace(cell, column=first, columns=columns.stop - first)


def letters(column: int) -> str:
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
