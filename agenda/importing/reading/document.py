"""What every reader makes of its source: one neutral value, a list of blocks that know where they came from.

A reader says what stands there and where. It never says what it means: `recognising` does. What a reader leaves out
(deleted words, a hidden sheet, a picture) is named with its place and the reason, so that nothing is lost unseen.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, order=True)
class Spot:
    """A row of the source: in which block it stands, and its number as the person counts who looks at the source."""

    block: int  # place among the blocks of the document
    row: int  # the row in a sheet or a table, the line in a text; from 1


@dataclass(frozen=True)
class Cell:
    """A filled or merged cell. A merged cell stands once, where it begins."""

    text: str  # lines between "\n"; struck and deleted words are left out; words in emphasis at the end of a line
    # stand on a line of their own, because agendas print so who appears
    column: int  # from 0, merged columns counted
    columns: int = 1  # over how many it is merged
    rows: int = 1  # over how many it is merged downwards


@dataclass(frozen=True)
class Row:
    number: int  # as in Spot.row: empty and hidden rows count
    cells: tuple[Cell, ...]  # from left to right; empty cells are not there

    @property
    def text(self) -> str:
        return "\n".join(cell.text for cell in self.cells if cell.text)


@dataclass(frozen=True)
class Table:
    """A sheet, a table of a document, or lines cut by tabs, pipes or commas. Empty rows are not there."""

    rows: tuple[Row, ...]
    part: str = ""  # as the person knows it: the name of the sheet, "Table 2"; "" where there is no other
    file: str = ""  # its name, where several files were sent at once


@dataclass(frozen=True)
class Paragraph:
    """A line outside the tables."""

    text: str
    number: int  # as in Spot.row
    part: str = ""
    file: str = ""
    level: int = 0  # of a heading: 1 is the highest; 0 is no heading
    bullet: bool = False


Block = Table | Paragraph


@dataclass(frozen=True)
class LeftOut:
    """What the reader saw and did not take. Shown on top of the preview, never only in a fold."""

    where: str  # in words: "Sheet “Old”", "row 3"
    text: str  # its beginning, if it has any
    reason: str


@dataclass(frozen=True)
class Document:
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = ()

    def part_of(self, spot: Spot) -> str:
        block = self.blocks[spot.block]
        return ": ".join(filter(None, (block.file, block.part)))


def together(documents: Iterable[tuple[str, Document]]) -> Document:
    """Several files at once are one document; each comes with its name."""
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    for name, document in documents:
        blocks += [replace(block, file=name) for block in document.blocks]
        left_out += [replace(one, where=f"{name}: {one.where}" if one.where else name) for one in document.left_out]
    return Document(tuple(blocks), tuple(left_out))
