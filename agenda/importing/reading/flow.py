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


@dataclass
class FlowRow:
    number: int
    cells: list[FlowCell] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass
class FlowTable:
    rows: list[FlowRow] = field(default_factory=list)


Flow = list[Line | FlowTable | Note]


def put(flow: Flow, found: Gathering) -> None:
    items = list(_opened(flow))
    several = sum(isinstance(item, FlowTable) for item in items) > 1
    paragraphs = tables = 0
    for item in items:
        if isinstance(item, Line):
            text = item.text
            paragraphs += bool(text.strip())
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
        if head.strip() and tail.strip() and not _goes_on(head, tail):
            return f"{head}\n{tail}"
    return text


def _goes_on(head: str, tail: str) -> bool:
    is_in_a_word = head[-1].isascii() and head[-1].isalnum() and tail[0].isascii() and tail[0].islower()
    return is_in_a_word or not tail.strip(" .,;:!?)]") or bool(_GOES_ON.search(head.rstrip()))
