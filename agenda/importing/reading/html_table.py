"""Tables out of HTML: the source of a page, or what Word and Google Docs save."""

from collections.abc import Iterator
from html.parser import HTMLParser

from agenda.importing.reading.rows import Table
from agenda.importing.reading.within import check_columns

_BREAKS = {"br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}
# The agenda prints who appears in italics, after the title and on the same line: this becomes a line of its own.
_EMPHASIS = {"i", "em"}
_PASSED_OVER = {"script", "style", "head", "title"}
_AT_ONCE = 10_000  # letters, after which the rows so far are handed on


def read_html(source: str) -> Iterator[list[str]]:
    """Rows of cells. What stands outside the tables is a row of one cell for each paragraph."""
    parser = _Tables()
    for start in range(0, len(source), _AT_ONCE):
        parser.feed(source[start : start + _AT_ONCE])
        yield from parser.take_rows()
    parser.close()
    parser.end_row()
    yield from parser.take_rows()


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.table: Table = []
        self.row: list[str] = []
        self.pieces: list[str] = []
        self.in_cell, self.span = False, 1
        self.passing = 0  # how deep inside what is passed over
        self.below: dict[int, int] = {}  # column -> in how many rows below it is merged with the cell above

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PASSED_OVER:
            self.passing += 1
        elif tag == "tr":
            self.end_row()
        elif tag in ("td", "th"):
            self.end_cell()
            self.pieces, self.in_cell = [], True
            while self.below.get(len(self.row)):  # cells merged downwards are empty in the rows below
                self.below[len(self.row)] -= 1
                self.row.append("")
                check_columns(self.row)
            span = dict(attrs).get("rowspan") or "1"
            self.span = min(int(span), 1000) if span.isascii() and span.isdigit() else 1
        elif tag in _BREAKS | _EMPHASIS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _PASSED_OVER:
            self.passing = max(0, self.passing - 1)
        elif tag in ("td", "th"):
            self.end_cell()
        elif tag in ("tr", "table"):
            self.end_row()
        elif tag in _BREAKS | _EMPHASIS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.passing:
            self.pieces.append(" ".join(data.split("\n")) if "\n" in data else data)

    def end_cell(self) -> None:
        if self.in_cell:
            self.row.append("".join(self.pieces))
            if self.span > 1:
                self.below[len(self.row) - 1] = self.span - 1
            self.pieces, self.in_cell = [], False

    def take_rows(self) -> Table:
        rows, self.table = self.table, []
        return rows

    def end_row(self) -> None:
        self.end_cell()
        text = "".join(self.pieces)
        if self.row:
            self.table.append(self.row)
        elif text.strip():
            self.table.append([text])
        self.row, self.pieces = [], []

    def _break(self) -> None:
        if self.in_cell:
            self.pieces.append("\n")
        elif not self.row:
            self.end_row()
