"""A4 paper on which Khmer stands as it is written, and from which it can be read again: searched, copied, read aloud.

fpdf2 with HarfBuzz sets Khmer right; most PDF libraries do not. `multi_cell` only: fpdf2's `text` does not shape.
What it does not do by itself is here: each line carries its text, and each paragraph says what it is (tagged PDF).
"""

from codecs import BOM_UTF16_BE
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.line_break import TextLine
from fpdf.prefs import ViewerPreferences
from fpdf.structure_tree import StructElem
from fpdf.syntax import PDFString
from PIL import Image

from agenda.feeds.breaks import breakable
from agenda.feeds.faces import FILES, WEIGHTS, ZWSP, Face
from conference.words import digits

FACE = {"en": "Latin", "km": "Khmer"}
SCRIPT = {"en": ("latn", "eng"), "km": ("khmr", "khm")}
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
        self.left = ""  # of the paragraph, what is not on a line yet
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 3)
        self.set_lang(language)
        self.set_title(title)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        for name in FILES:
            for style in WEIGHTS:
                face = Face(self, name, style)
                self.fonts[face.fontkey] = face

    def footer(self) -> None:
        with override(self.language):
            page = _("Page %(number)s") % {"number": digits(self.page_no())}
        self.set_y(-MARGIN)
        with self.one(ARTIFACT, self.language):
            self.put(f"{self.foot} · {page}", self.language, size=SMALL)

    def get_fallback_font(self, char: str, style: str = "") -> str | None:
        """The Latin face prints what no face has: as a sign that stands for it."""
        return super().get_fallback_font(char, style) or f"latin{style}"

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
        if self.part is None:
            with self.one("P", language):
                return self.put(text, language, size=size, style=style, indent=indent)
        script, code = SCRIPT[language]
        self.set_text_shaping(True, script=script, language=code)
        self.set_font(FACE[language], style, size)
        self.set_fallback_fonts([FACE["km" if language == "en" else "en"]])
        self.set_x(MARGIN + indent)
        height = size * MM * LEADING[language]
        outer, self.left = self.left, text.replace(ZWSP, "")
        self.multi_cell(0, height, breakable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.left = outer

    def _render_styled_text_line(self, text_line: TextLine, *args: Any, **kwargs: Any) -> bool:
        """The line with its text: the glyphs of Khmer do not stand in the order of the letters."""
        for fragment in text_line.fragments:  # where it might have ended is no part of the text
            fragment.characters = [letter for letter in fragment.characters if letter != ZWSP]
        line = "".join(fragment.string for fragment in text_line.fragments)
        _before, _line, self.left = self.left.partition(line)
        if self.left.startswith(" "):
            line += " "  # else the last word of this line and the first of the next would be one
        font = self.current_font
        if font and not self.current_font_is_set_on_page:
            # fpdf2 would set it inside of a line that begins in the other face. A line in another colour forgets all
            # that is set inside, and the next one would stand in the font of before.
            self._out(self._set_font_for_page(font, self.font_size_pt))
        self._out(f"{self._marked()} /Span <</ActualText <{(BOM_UTF16_BE + line.encode('utf-16-be')).hex()}>>> BDC")
        is_on_new_page = super()._render_styled_text_line(text_line, *args, **kwargs)
        self._out("EMC EMC")
        return is_on_new_page

    def _marked(self) -> str:
        """Opens what belongs to the part that is being written."""
        tree, part = self.struct_builder, self.part
        if part is None or part.role == ARTIFACT:
            return f"/{ARTIFACT} BMC"
        if part.element is None or part.element.page_number() != self.page:
            parent = part.parent or tree.doc_struct_elem
            part.element = Element(f"/{part.role}", parent, self.page, part.language, part.alt)
            parent.k.append(part.element)
        number = tree.spid_per_page_number.setdefault(self.page, len(tree.spid_per_page_number))
        self.pages[self.page].struct_parents = number
        marked_on_page = tree.struct_tree_root.parent_tree.nums[number]  # the place in it is the mark
        part.element.k.append(len(marked_on_page))
        marked_on_page.append(part.element)
        return f"/{part.role} <</MCID {len(marked_on_page) - 1}>> BDC"
