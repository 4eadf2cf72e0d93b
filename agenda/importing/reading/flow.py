"""What a page or a text document holds from top to bottom, as its reader finds it: lines, tables and what is left out.

The readers of HTML, Word and OpenDocument make a flow. Here it becomes blocks: a table that only arranges a page is
opened, and a table inside a cell becomes lines of the cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from agenda.importing.reading.document import Cell
from agenda.importing.reading.gathering import Gathering
from conference.words import digits

# Several such lines in one paragraph are paragraphs, which are parted by line breaks only.
_TIMED = re.compile(r"\W*[\d០-៩]{1,2}\s?[:.h៖ៈ]\s?[\d០-៩]{2}")
PLAIN, BOLD, ITALIC = 0, 1, 2  # of a piece of a line; both together are 3
# Words after these go on in the same line, although they are in emphasis: "Speaker: NAME", "Introduction to CKAN".
_GOES_ON = re.compile(
    r"(?:[:៖(\[/&«“‘\"'-]|\b(?:an?|and|as|at|by|for|from|in|of|on|or|the|to|vs\.?|with|de|des|du|en|et|la|le|les|par|pour|"
    r"sur|à|của|dan|dengan|di|ke|untuk|và|về))\Z",
    re.IGNORECASE,
)


@dataclass
class Line:
    pieces: list[tuple[str, int]] = field(default_factory=list)  # (text with "\n" where a line breaks, emphasis)
    level: int = 0
    bullet: bool = False

    @property
    def text(self) -> str:
        """Words in emphasis at the end of a line stand on a line of their own: agendas print so who appears."""
        lines: list[list[tuple[str, int]]] = [[]]
        for text, emphasis in self.pieces:
            first, *others = text.split("\n")
            lines[-1].append((first, emphasis))
            lines += [[(other, emphasis)] for other in others]
        return "\n".join(map(_with_emphasis, lines))


@dataclass
class Note:
    """What is not taken, where it stands."""

    text: str
    reason: str


@dataclass
class FlowCell:
    content: "Flow"
    column: int
    columns: int = 1
    rows: int = 1
    row: int = 0  # in which it begins, for a reader that counts how far it is merged


@dataclass
class FlowRow:
    number: int
    cells: list[FlowCell] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass
class FlowTable:
    rows: list[FlowRow] = field(default_factory=list)


Flow = list[Line | FlowTable | Note]


class Place:
    """Where words go at the moment: the page, or a cell."""

    def __init__(self) -> None:
        self.flow: Flow = []
        self.line = Line()
        self._passed: dict[str, list[str]] = {}  # reason -> words of this line that are not taken

    def say(self, text: str, emphasis: int = PLAIN) -> None:
        self.line.pieces.append((text, emphasis))

    def say_as_it_looks(self, text: str, emphasis: int, *, is_struck: bool, is_hidden: bool) -> None:
        """Words that are struck out or hidden are no part of the line: they are named."""
        if is_struck:
            self.pass_over(text, _("It is struck out."))
        elif is_hidden:
            self.pass_over(text, _("It is hidden."))
        else:
            self.say(text, emphasis)

    def pass_over(self, text: str, reason: str) -> None:
        """Words of the line: what stands together is named together."""
        self._passed.setdefault(reason, []).append(text)

    def end_line(self) -> None:
        for reason, texts in self._passed.items():
            self.leave_out("".join(texts), reason)
        self._passed = {}
        if any(text.strip() for text, _emphasis in self.line.pieces):
            self.flow.append(self.line)
            self.line = Line()
        else:
            self.line.pieces = []

    def leave_out(self, text: str, reason: str) -> None:
        if text.strip():
            self.flow.append(Note(text, reason))


def put(flow: Flow, found: Gathering) -> None:
    items = list(_with_tabs(list(_opened(flow))))
    several = sum(isinstance(item, FlowTable) for item in items) > 1
    paragraphs = tables = 0
    for item in items:
        if isinstance(item, Line):
            lines = item.text.split("\n")
            for text in lines if sum(map(bool, map(_TIMED.match, lines))) > 1 else [item.text]:
                paragraphs += 1
                found.paragraph(text, paragraphs, level=item.level, bullet=item.bullet)
        elif isinstance(item, Note):
            where = _("after paragraph %(number)s") % {"number": digits(paragraphs)} if paragraphs else ""
            found.leave_out(where, item.text, item.reason)
        else:
            tables += 1
            name = _("Table %(number)s") % {"number": digits(tables)} if several else ""
            found.table(_rows(item, name, found), name)


def _opened(flow: Flow) -> Iterator[Line | FlowTable | Note]:
    """A table that holds tables and has never two filled cells beside each other is there for the looks alone."""
    for item in flow:
        if isinstance(item, FlowTable) and _arranges(item):
            for row in item.rows:
                yield from row.notes
                for cell in row.cells:
                    yield from _opened(cell.content)
        else:
            yield item


def _with_tabs(items: list[Line | FlowTable | Note]) -> Iterator[Line | FlowTable | Note]:
    """Paragraphs with tabs in them, and what stands between two of those, are a table. A heading ends it."""
    at = 0
    while at < len(items):
        end, tabs, last = at, 0, at
        while end < len(items) and not isinstance(items[end], FlowTable) and not _is_heading(items[end]):
            if _has_tab(items[end]):
                tabs, last = tabs + 1, end
            end += 1
        first = next((place for place in range(at, end) if _has_tab(items[place])), end)
        if tabs > 1:
            yield from items[at:first]
            yield from (item for item in items[first : last + 1] if isinstance(item, Note))
            yield _tabbed([item for item in items[first : last + 1] if isinstance(item, Line)])
            at = last + 1
        else:
            yield from items[at : end + 1]
            at = end + 1


def _is_heading(item: Line | FlowTable | Note) -> bool:
    return isinstance(item, Line) and item.level > 0


def _has_tab(item: Line | FlowTable | Note) -> bool:
    return isinstance(item, Line) and "\t" in item.text.strip()


def _tabbed(lines: list[Line]) -> FlowTable:
    """Several tabs in a row only push the words to their place; at the beginning they leave the first column empty."""
    table = FlowTable()
    for number, line in enumerate(lines, start=1):
        text = line.text
        cells = [""] * text.startswith("\t") + re.split(r"\t+", text.strip("\t"))
        table.rows.append(
            FlowRow(number, [FlowCell([Line([(cell, PLAIN)])], column) for column, cell in enumerate(cells)])
        )
    return table


def _arranges(table: FlowTable) -> bool:
    cells = [cell.content for row in table.rows for cell in row.cells]
    if not any(isinstance(item, FlowTable) for content in cells for item in content):
        return False
    return all(sum(_is_filled(cell.content) for cell in row.cells) < 2 for row in table.rows)


def _is_filled(flow: Flow) -> bool:
    return any(
        any(_is_filled(cell.content) for row in item.rows for cell in row.cells)
        if isinstance(item, FlowTable)
        else isinstance(item, Line) and any(text.strip() for text, _emphasis in item.pieces)
        for item in flow
    )


def _rows(table: FlowTable, name: str, found: Gathering) -> Iterator[tuple[int, list[Cell]]]:
    for row in table.rows:
        for note in [*row.notes, *(note for cell in row.cells for note in _notes(cell.content))]:
            where = _("row %(number)s") % {"number": digits(row.number)}
            found.leave_out(f"{name}, {where}" if name else where, note.text, note.reason)
        yield (
            row.number,
            [Cell("\n".join(_lines(cell.content)), cell.column, cell.columns, cell.rows) for cell in row.cells],
        )


def _notes(flow: Flow) -> Iterator[Note]:
    for item in flow:
        if isinstance(item, Note):
            yield item
        elif isinstance(item, FlowTable):
            for row in item.rows:
                yield from row.notes
                for cell in row.cells:
                    yield from _notes(cell.content)


def _lines(flow: Flow) -> Iterator[str]:
    for item in flow:
        if isinstance(item, Line):
            yield item.text
        elif isinstance(item, FlowTable):
            for row in item.rows:
                yield " ".join(" ".join(" ".join(_lines(cell.content)).split()) for cell in row.cells)


def _with_emphasis(pieces: Sequence[tuple[str, int]]) -> str:
    text = "".join(piece for piece, _emphasis in pieces)
    for mark in (ITALIC, BOLD):
        at = len(pieces)
        while at and (pieces[at - 1][1] & mark or not pieces[at - 1][0].strip()):
            at -= 1
        head = "".join(piece for piece, _emphasis in pieces[:at])
        tail = text[len(head) :]
        # One word in bold is stressed; a name has more than one.
        is_stressed = mark == BOLD and len(tail.split()) < 2
        if head.strip() and tail.strip() and not is_stressed and not _goes_on(head, tail):
            return f"{head}\n{tail}"
    return text


def _goes_on(head: str, tail: str) -> bool:
    is_in_a_word = head[-1].isascii() and head[-1].isalnum() and tail[0].isascii() and tail[0].islower()
    return is_in_a_word or not tail.strip(" .,;:!?)]") or bool(_GOES_ON.search(head.rstrip()))
