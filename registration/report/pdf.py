"""The report as PDF, to be sent as it is: tagged, with its pages in the contents, Khmer as it is written.

Text flows as in the agenda (agenda.feeds.paper); here are tables and pictures.
"""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import count

from django.utils.translation import gettext as _
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFObject
from PIL import Image

from agenda.feeds.paper import ARTIFACT, LEADING, MARGIN, MM, SMALL, Element, Paper
from conference import clock
from conference.words import digits
from registration.paper.tables import language_of
from registration.report.pieces import Bullets, Cell, Contents, Grid, Heading, Paragraph, Picture, Piece

SIZES = {0: 20.0, 1: 14.0, 2: 11.0}  # points, of a heading
TEXT, TABLE = 10.0, 8.5
PADDING, INDENT = 1.0, 5.0  # mm
SHADE = (220, 231, 240)
TALLEST = 230.0  # mm: a row that is higher goes on on the next page
PICTURE_BELOW = 12.0  # mm, for its caption
KEEP = 30.0  # mm that must be left for a heading to begin


def report_pdf(pieces: Iterable[Piece], language: str, title: str) -> bytes:
    paper = _Report(title, language, title)
    paper.set_creation_date(clock.now())
    paper.set_creator("National Open Data Conference")
    paper.add_page()
    listed = list(pieces)
    for piece, following in zip(listed, [*listed[1:], None], strict=True):
        if isinstance(piece, Heading) and isinstance(following, Picture):
            paper.keep(paper.size_of(following)[1] + KEEP)  # a heading stays with its chart
        paper.put_piece(piece)
    paper.write_contents()
    return bytes(paper.output())


class _Tree(StructureTreeBuilder):
    """With elements inside elements, as a table has them."""

    def __iter__(self) -> Iterator[PDFObject]:
        yield self.struct_tree_root
        yield self.doc_struct_elem
        yield self.struct_tree_root.parent_tree
        yield from _inside(self.doc_struct_elem)


def _inside(element: StructElem) -> Iterator[StructElem]:
    for child in element.k:
        if isinstance(child, StructElem):
            yield child
            yield from _inside(child)


class _Report(Paper):
    def __init__(self, foot: str, language: str, title: str) -> None:
        super().__init__(foot, language, title)
        self.struct_builder = _Tree()
        self.tables, self.figures = count(1), count(1)
        self.headings: list[tuple[str, int]] = []  # of the first level, and on which page
        self.contents: tuple[int, float, int] | None = None  # page, height, and place in the tree

    def put_piece(self, piece: Piece) -> None:
        match piece:
            case Heading(text, level):
                self._heading(text, level)
            case Paragraph(text, is_note, is_marked):
                size = SMALL if is_note else TEXT
                for line in text.split("\n"):
                    self.put(line, language_of(line), size=size, style="B" if is_marked else "")
                self.ln(2)
            case Bullets(items, are_numbered):
                for number, item in enumerate(items, start=1):
                    mark = f"{digits(number)}." if are_numbered else "•"
                    self.put(f"{mark} {item}", language_of(item), size=TEXT, indent=INDENT)
                self.ln(2)
            case Grid():
                self._grid(piece)
            case Picture():
                self._picture(piece)
            case Contents(heading):
                self._heading(heading, 1)
                self.contents = (self.page, self.get_y(), len(self.struct_builder.doc_struct_elem.k))
                self.headings.clear()
                self.add_page()

    def keep(self, height: float) -> None:
        """A new page, unless so much is left of this one."""
        if self.get_y() + height > self.page_break_trigger:
            self.add_page()

    def _heading(self, text: str, level: int) -> None:
        self.keep(KEEP)
        self.ln(0 if level == 0 else 3)
        language = language_of(text)
        with self.one(f"H{max(1, level)}", language):
            self.set_text_color(18, 57, 90)
            self.put(text, language, size=SIZES[level], style="B")
            self.set_text_color(0)
        self.ln(1)
        if level == 1:
            self.headings.append((text, self.page))

    def write_contents(self) -> None:
        """On the page that was kept for them: which page a heading is on is known only now."""
        if self.contents is None:
            return
        last, (self.page, height, place) = self.page, self.contents
        self.set_y(height)
        kids = self.struct_builder.doc_struct_elem.k
        before = len(kids)
        for text, page in self.headings:
            top, language = self.get_y(), language_of(text)
            with self.one("P", language):
                self.put(text, language, size=TEXT)
                below = self.get_y()
                self.set_y(top)
                self.put(digits(page), self.language, size=TEXT, indent=self.epw - 12)
            self.set_y(max(below, self.get_y()))
        written = kids[before:]
        del kids[before:]
        kids[place:place] = written
        self.page = last

    # --- pictures ---

    def size_of(self, piece: Picture) -> tuple[float, float]:
        with Image.open(BytesIO(piece.content)) as picture:
            width = self.epw * piece.width
            return width, width * picture.height / picture.width

    def _picture(self, piece: Picture) -> None:
        picture = Image.open(BytesIO(piece.content))
        width, height = self.size_of(piece)
        self.keep(height + PICTURE_BELOW)
        with self.one("Figure", language_of(piece.alt), alt=piece.alt):
            self._out(self._marked())
            self.image(picture, x=MARGIN, w=width, h=height)
            self._out("EMC")
        self.ln(1)
        self._caption(_("Figure"), next(self.figures), piece.caption)

    def _caption(self, label: str, number: int, text: str) -> None:
        said = f"{label} {digits(number)}{_(':')} {text}"
        with self.one("Caption", language_of(said)):
            self.put(said, language_of(said), size=SMALL, style="B")
        self.ln(1)

    # --- tables ---

    def _grid(self, piece: Grid) -> None:
        widths = [self.epw * share / sum(piece.widths) for share in piece.widths]
        head = [Cell(text) for text in piece.head]
        whole = self._height(head, widths, "B") + 12
        if piece.are_numbers:  # stays on one page
            whole += sum(self._height(cells, widths, "") for cells in piece.rows)
        self.keep(min(whole, TALLEST))
        self._caption(_("Table"), next(self.tables), piece.caption)
        tree = self.struct_builder.doc_struct_elem
        table = Element("/Table", tree, self.page, self.language)
        tree.k.append(table)
        self._row(table, head, widths, piece, is_head=True)
        for at, cells in enumerate(piece.rows, start=1):
            is_sum = piece.last_is_sum and at == len(piece.rows)
            height = self._height(cells, widths, "B" if is_sum else "")
            if height > TALLEST:
                self._flow(cells)
                continue
            if self.get_y() + height > self.page_break_trigger:
                self.add_page()
                self._row(None, head, widths, piece, is_head=True)
            self._row(table, cells, widths, piece, height=height, is_bold=is_sum)
        self.ln(3)

    def _row(
        self,
        table: Element | None,
        cells: Sequence[Cell],
        widths: Sequence[float],
        piece: Grid,
        *,
        height: float | None = None,
        is_head: bool = False,
        is_bold: bool = False,
    ) -> None:
        """Without a table: the headings once more, on another page. They are not read aloud again."""
        top, style = self.get_y(), "B" if is_head or is_bold else ""
        height = height or self._height(cells, widths, style)
        row = Element("/TR", table, self.page, self.language) if table else None
        if table and row:
            table.k.append(row)
        self._lines(top, height, is_filled=is_head)
        x: float = MARGIN
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            role = "TH" if is_head or at == 0 else "TD"
            said = _said(cell)
            with self.one(role if row else ARTIFACT, language_of(said), parent=row):
                self.set_xy(x + PADDING, top + PADDING)
                is_right = piece.are_numbers and at > 0
                self.column(said, language_of(said), width - 2 * PADDING, size=TABLE, style=style, is_right=is_right)
            x += width
        self.set_y(top + height)

    def _flow(self, cells: Sequence[Cell]) -> None:
        """A row that is higher than a page: its cells one below the other, across the page."""
        for cell in cells:
            for line in _said(cell).split("\n"):
                if line:
                    self.put(line, language_of(line), size=TABLE)
        self.rule()
        self.ln(1)

    def _lines(self, top: float, height: float, *, is_filled: bool) -> None:
        self.set_draw_color(180)
        self._out("/Artifact BMC")
        if is_filled:
            self.set_fill_color(*SHADE)
            self.rect(MARGIN, top, self.epw, height, style="F")
            self.set_fill_color(0)
        self.line(MARGIN, top + height, self.w - MARGIN, top + height)
        self._out("EMC")

    def _height(self, cells: Sequence[Cell], widths: Sequence[float], style: str) -> float:
        tallest = TABLE * MM * LEADING["en"]
        for cell, width in zip(cells, widths, strict=True):
            if said := _said(cell):
                language = language_of(said)
                lines = self.lines(said, language, width - 2 * PADDING, size=TABLE, style=style)
                tallest = max(tallest, len(lines) * TABLE * MM * LEADING[language])
        return tallest + 2 * PADDING


def _said(cell: Cell) -> str:
    return "\n".join([*([cell.text] if cell.text else []), *(f"{words}: {to}" for words, to in cell.links)])
