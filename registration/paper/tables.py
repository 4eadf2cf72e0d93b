"""A list as a table on A4 across: what it is at the top, the headings on every page, “page 2 of 9” at the foot.

Nothing is cut off: a text that is longer than its cell takes more lines, one that is longer than a page goes on there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from typing import BinaryIO

from django.utils.text import capfirst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from PIL import Image

from conference import clock
from conference.language.khmer import KHMER_LETTER
from conference.words import digits, moment
from registration.lists import files
from registration.lists.ready import Column, ReadyList
from registration.paper.drawing import Block, Board, Drawing

WIDTH, HEIGHT, MARGIN = 297.0, 210.0, 12.0  # mm
HEM = 9.0  # mm: the band of cloth
PADDING = 1.0
FOOT = 8.0  # from the lower edge of the table to the lower margin
MOST_LINES = 20  # of a cell: the others go on in a row of their own, which may stand on the next page
SIZES = {"km": (9.5, 9.0, 8.5), "en": (9.5, 9.0, 8.5)}
HEADING, SMALL = 8.5, 7.5  # points
THIN = 0.15  # mm
LINE, SHADE, INK, PALE = "#808080", "#eceff0", "#000000", "#4b4b4b"
USUAL = 30.0  # mm: a column for which nothing is said; all of them are stretched to fill the page


@dataclass(frozen=True)
class Head:
    """What stands at the top of the first page: (text, language, size in points) of each line, under a band."""

    lines: Sequence[tuple[str, str, float]]
    picture: Image.Image | None = None


@dataclass(frozen=True)
class Layout:
    widths: Mapping[str, float]  # mm, by the code of the column
    row_height: float = 6.5
    blank_lines: int = 0  # at the end, for people who are on no list; the numbers go on
    in_both: bool = False  # headings in the other language as well
    foot: Callable[[], Iterable[str]] = tuple  # lines under the last row


@dataclass(frozen=True)
class Row:
    cells: Sequence[Sequence[Block]]  # one block under the other
    height: float


def write_table(ready_list: ReadyList, head: Head, layout: Layout, file: BinaryIO) -> None:
    language = get_language() or "en"
    board = Board(WIDTH, HEIGHT, head.lines[0][0], language)
    widths = _widths(ready_list.columns, layout.widths)
    headings = _heading(board, ready_list.columns, widths, language, in_both=layout.in_both)
    rows = list(_rows(board, ready_list, widths, layout))
    top = [_block(board, text, WIDTH - 2 * MARGIN, of, size) for text, of, size in head.lines]
    begins = MARGIN + sum(one.height for one in top) + 3
    below = [*layout.foot(), *([] if rows else [str(ready_list.empty)])]
    foot = [_block(board, line, WIDTH - 2 * MARGIN, language, 10) for line in below]
    pages = _pages(rows, begins, headings.height, sum(one.height for one in foot))
    picture = board.picture(head.picture) if head.picture else None
    as_of = _("As of %(moment)s") % {"moment": moment(clock.now())}
    for number, on_page in enumerate(pages, start=1):
        board.add_page()
        page = Drawing(board, WIDTH, HEIGHT)
        y = MARGIN
        if number == 1:
            if picture is not None:
                page.picture(picture, 0, 0, WIDTH, HEM)
            for block in top:
                y = page.write(block, MARGIN, y, INK)
            y = begins
        if on_page:
            y = _draw_grid(page, [headings, *on_page], widths, y)
        if number == len(pages):
            for block in foot:
                y = page.write(block, MARGIN, y + 1.5, INK)
        said = _("Page %(number)s of %(count)s") % {"number": digits(number), "count": digits(len(pages))}
        last = _block(board, f"{head.lines[0][0]} · {as_of} · {said}", WIDTH - 2 * MARGIN, language, SMALL)
        page.write(last, MARGIN, HEIGHT - MARGIN - last.height + 3, PALE)
        board.stamp(page, 0, 0)
    board.set_creation_date(clock.now())
    board.output(file)


def language_of(text: str) -> str:
    """The one whose letters need more room."""
    return "km" if KHMER_LETTER.search(text) else "en"


def _block(board: Board, text: str, width: float, language: str, size: float) -> Block:
    style = "display" if size > SMALL else "text"
    return board.wrapped(text, "km" if language == "km" else language_of(text), style, width, size)


def _widths(columns: Sequence[Column], wanted: Mapping[str, float]) -> list[float]:
    found = [wanted.get(column.code, USUAL) for column in columns]
    return [width * (WIDTH - 2 * MARGIN) / sum(found) for width in found]


def _heading(board: Board, columns: Sequence[Column], widths: Sequence[float], language: str, *, in_both: bool) -> Row:
    cells: list[list[Block]] = [[] for _column in columns]
    for one in [language, "en" if language == "km" else "km"] if in_both else [language]:
        with override(one):
            for blocks, column, width in zip(cells, columns, widths, strict=True):
                inside, size = width - 2 * PADDING, HEADING if one == language else SMALL
                blocks.append(
                    board.fitted(
                        capfirst(str(column.heading)),
                        one,
                        "display",
                        width=inside,
                        height=20,
                        sizes=(size, size - 1, size - 2),
                    )
                )
    return _row(cells, 0)


def _rows(board: Board, ready_list: ReadyList, widths: Sequence[float], layout: Layout) -> Iterator[Row]:
    filled = list(files.rows(ready_list))
    for cells in filled:
        blocks = [_cell(board, text, width - 2 * PADDING) for text, width in zip(cells, widths, strict=True)]
        yield from _on_pages(blocks, layout.row_height)
    for blank in range(len(filled) + 1, len(filled) + 1 + layout.blank_lines):
        texts = [str(blank), *[""] * (len(widths) - 1)]
        yield _row([[_cell(board, text, width)] for text, width in zip(texts, widths, strict=True)], layout.row_height)


def _cell(board: Board, text: str, width: float) -> Block:
    """Lines that stay lines; a word that is wider than the column makes the letters smaller."""
    language = language_of(text)
    parts = [
        board.fitted(line.strip(), language, "text", width=width, height=HEIGHT * 4, sizes=SIZES[language])
        for line in text.splitlines() or [""]
    ]
    smallest = min(part.size for part in parts)
    return Block(tuple(chain.from_iterable(part.lines for part in parts)), smallest, language)


def _on_pages(blocks: Sequence[Block], row_height: float) -> Iterator[Row]:
    """One row; more of them where a cell has more lines than a page should hold."""
    most = max(len(block.lines) for block in blocks)
    for begin in range(0, most, MOST_LINES):
        parts = [replace(block, lines=block.lines[begin : begin + MOST_LINES]) for block in blocks]
        yield _row([[part] for part in parts], row_height if not begin else 0)


def _row(cells: Sequence[Sequence[Block]], least: float) -> Row:
    tallest = max(sum(block.height for block in blocks) for blocks in cells)
    return Row(cells, max(least, tallest + 2 * PADDING))


def _pages(rows: Sequence[Row], begins: float, heading: float, foot: float) -> list[list[Row]]:
    """The rows of each page. The foot never stands alone: the last row goes with it to the last page."""
    bottom = HEIGHT - MARGIN - FOOT
    pages: list[list[Row]] = [[]]
    y = begins + heading
    for row in rows:
        if pages[-1] and y + row.height > bottom:
            pages.append([])
            y = MARGIN + heading
        pages[-1].append(row)
        y += row.height
    if foot and y + foot + 3 > bottom:
        pages.append([pages[-1].pop()] if len(pages[-1]) > 1 else [])
    return pages


def _draw_grid(page: Drawing, rows: Sequence[Row], widths: Sequence[float], y: float) -> float:
    """The rows with lines between them, the first as their heading. Gives where they end below."""
    lefts = list(accumulate(widths, initial=MARGIN))
    begins = y
    page.area(MARGIN, y, WIDTH - 2 * MARGIN, rows[0].height, SHADE)
    lines = [(MARGIN, y, WIDTH - 2 * MARGIN, THIN)]
    for row in rows:
        for blocks, left in zip(row.cells, lefts, strict=False):
            at = y + (row.height - sum(block.height for block in blocks)) / 2
            for block in blocks:
                if any(line.text for line in block.lines):
                    page.write(block, left + PADDING, at, INK)
                at += block.height
        y += row.height
        lines.append((MARGIN, y, WIDTH - 2 * MARGIN, THIN))
    lines += [(left, begins, THIN, y - begins) for left in lefts]
    page.areas(lines, LINE)
    return y
