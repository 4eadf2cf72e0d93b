"""A4 paper on which Khmer stands as it is written, and from which it can be read again: searched, copied, read aloud.

fpdf2 makes the file, with its fonts and pictures; agenda.feeds.setting makes the lines of text. What fpdf2 does not do
by itself is here: each line carries its text, and each paragraph says what it is (tagged PDF).
"""

from codecs import BOM_UTF16_BE
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django.utils.translation import override
from fpdf import FPDF
from fpdf.enums import PDFResourceType
from fpdf.prefs import ViewerPreferences
from fpdf.structure_tree import StructElem
from fpdf.syntax import PDFString
from PIL import Image

from agenda.feeds.faces import FILES, WEIGHTS, Face
from agenda.feeds.setting import Line, settings_for
from conference.words import digits

LEADING = {"en": 1.35, "km": 1.7}  # marks stand above and below Khmer letters
MARGIN = 15  # mm
MM = 25.4 / 72  # of a point
BODY, SMALL = 9, 7.5  # points
ARTIFACT = "Artifact"  # what belongs to no text, such as the foot of a page: it is not read aloud


class Element(StructElem):
    """A part of the document, with the language in which it is read aloud."""

    __slots__ = ("lang",)

    def __init__(self, role: str, parent: StructElem, page_number: int, language: str, alt: str | None = None) -> None:
        super().__init__(role, parent, [], page_number, alt=alt)
        self.lang = PDFString(language)


def opens(document: FPDF, element: Element) -> str:
    """What stands before that which belongs to an element, on the page that is being written."""
    tree = document.struct_builder
    number = tree.spid_per_page_number.setdefault(document.page, len(tree.spid_per_page_number))
    document.pages[document.page].struct_parents = number
    marked_on_page = tree.struct_tree_root.parent_tree.nums[number]  # the place in it is the mark
    element.k.append(len(marked_on_page))
    marked_on_page.append(element)
    return f"{element.s} <</MCID {len(marked_on_page) - 1}>> BDC"


class Part:
    """What is being written. On each page on which it stands it is one element."""

    def __init__(self, role: str, language: str, parent: Element | None = None, alt: str | None = None) -> None:
        self.role, self.language, self.parent, self.alt = role, language, parent, alt
        self.element: Element | None = None


class Paper(FPDF):
    def __init__(self, foot: str, language: str, title: str) -> None:
        super().__init__(format="A4")
        self.language, self.foot = language, foot
        self.part: Part | None = None
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 3)
        self.set_lang(language)
        self.set_title(title)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        faces: dict[str, Face] = {}
        for name in FILES:
            for style in WEIGHTS:
                face = Face(self, name, style)
                self.fonts[face.fontkey] = faces[face.fontkey] = face
        self.settings = settings_for(faces)

    def footer(self) -> None:
        with override(self.language):
            page = _("Page %(number)s") % {"number": digits(self.page_no())}
        self.set_y(-MARGIN)
        with self.one(ARTIFACT, self.language):
            self.put(f"{self.foot} · {page}", self.language, size=SMALL)

    def rule(self) -> None:
        """A thin line, as wide as the text. It says nothing."""
        self.set_draw_color(180)
        self._out(f"/{ARTIFACT} BMC")
        self.line(MARGIN, self.get_y(), self.w - MARGIN, self.get_y())
        self._out("EMC")

    def band(self, picture: Image.Image, height: float) -> None:
        """A picture across the top of the page, edge to edge. It says nothing."""
        self._out(f"/{ARTIFACT} BMC")
        self.image(picture, x=0, y=0, w=self.w, h=height)
        self._out("EMC")

    @contextmanager
    def one(
        self, role: str, language: str, *, parent: Element | None = None, alt: str | None = None
    ) -> Iterator[None]:
        """All that is put inside is one heading ("H1") or one paragraph ("P"), read aloud in this language."""
        outer, self.part = self.part, Part(role, language, parent, alt)
        yield
        self.part = outer

    def put(self, text: str, language: str, *, size: float = BODY, style: str = "", indent: float = 0.0) -> None:
        """A paragraph from where the pen is. The other face stands in where one lacks a letter."""
        self.set_x(MARGIN + indent)
        self.column(text, language, self.w - self.r_margin - self.x, size=size, style=style)
        self.set_x(self.l_margin)

    def column(
        self, text: str, language: str, width: float, *, size: float, style: str = "", is_right: bool = False
    ) -> None:
        """Lines so wide, the first where the pen is. The pen is below them then, and stays in the column."""
        if self.part is None:
            with self.one("P", language):
                return self.column(text, language, width, size=size, style=style, is_right=is_right)
        height = size * MM * LEADING[language]
        for line in self.lines(text, language, width, size=size, style=style):
            self._perform_page_break_if_need_be(height)
            free = width - 2 * self.c_margin - line.ems * size * MM if is_right else 0
            self._put_line(line, self.x + self.c_margin + free, self.y + 0.5 * height + 0.3 * size * MM, size)
            self.y += height

    def lines(self, text: str, language: str, width: float, *, size: float, style: str = "") -> list[Line]:
        """Those of a column so wide."""
        return list(self.settings[language, style].lines(text, (width - 2 * self.c_margin) / (size * MM)))

    def _put_line(self, line: Line, x: float, y: float, size: float) -> None:
        """The line with its text: the glyphs of Khmer do not stand in the order of the letters."""
        if not line.text:
            return
        for number in line.fonts:
            self._resource_catalog.add(PDFResourceType.FONT, number, self.page)
        at = f"{x * self.k:.2f} {(self.h - y) * self.k:.2f}"
        drawn = f"BT {size:.2f} 0 0 {size:.2f} {at} Tm {line.operators} ET"
        if self.text_color and self.text_color != self.fill_color:
            drawn = f"q {self.text_color.serialize().lower()} {drawn} Q"
        text = (BOM_UTF16_BE + line.text.encode("utf-16-be")).hex()
        self._out(f"{self._marked()} /Span <</ActualText <{text}>>> BDC {drawn} EMC EMC")

    def _marked(self) -> str:
        """Opens what belongs to the part that is being written."""
        tree, part = self.struct_builder, self.part
        if part is None or part.role == ARTIFACT:
            return f"/{ARTIFACT} BMC"
        if part.element is None or part.element.page_number() != self.page:
            parent = part.parent or tree.doc_struct_elem
            part.element = Element(f"/{part.role}", parent, self.page, part.language, part.alt)
            parent.k.append(part.element)
        return opens(self, part.element)
