"""Pages on which everything has its place: badges and certificates. Text that flows is for agenda.feeds.paper.

What many pages have in common is drawn once and put on each. A line is shaped once, however often and however large it
is drawn. Distances are mm from the upper left corner of a drawing, sizes of letters are points.
"""

import unicodedata
from codecs import BOM_UTF16_BE
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import cast

import segno
from fpdf import FPDF
from fpdf.enums import PDFResourceType
from fpdf.image_parsing import preload_image
from fpdf.prefs import ViewerPreferences
from PIL import Image

from agenda.feeds.breaks import ZWSP, breakable
from agenda.feeds.faces import Face
from agenda.feeds.paper import ARTIFACT, Element, opens
from agenda.feeds.setting import glyphs
from conference.language.khmer import COENG

MM = 72 / 25.4  # points
LEADING = {"km": 1.6, "en": 1.25}  # of a line: marks stand above and below Khmer letters
ASCENT = {"km": 1.08, "en": 0.95}  # from the top of a line to its baseline, in ems
SMALLEST = 6.0  # points: in smaller letters a name cannot be read
MARKS = "\u200c\u200d"  # they steer how Khmer letters are joined
QR_MASK = 2  # segno would try all eight and weigh them, which takes most of the time; each of them can be read
QUIET_ZONE = 4  # modules


@dataclass(frozen=True)
class Line:
    """A line of text as PDF draws it at a size of one point."""

    text: str
    operators: str
    fonts: frozenset[int]
    ems: float


@dataclass(frozen=True)
class Block:
    """A text in lines that fit."""

    lines: tuple[Line, ...]
    size: float
    language: str

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING[self.language] / MM

    @property
    def width(self) -> float:
        return max(line.ems for line in self.lines) * self.size / MM


class Board(FPDF):
    """A document of such pages. Khmer and Latin letters have the face of their script.

    `is_tagged`: it is read on a screen too. Each text says in which order and in which language it is read aloud.
    """

    def __init__(self, width: float, height: float, title: str, language: str, *, is_tagged: bool = False) -> None:
        super().__init__(format=(width, height))
        self._is_tagged = is_tagged
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_auto_page_break(False)
        self.set_title(title)
        self.set_lang(language)
        self.set_creator("National Open Data Conference")
        self._faces: dict[str, Face] = {}
        self._lines: dict[tuple[str, str], Line] = {}

    def stamp(self, drawing: "Drawing", x: float, y: float, *, scale: float = 1, turn: int = 0) -> None:
        """Puts a drawing on the page, with its upper left corner there. Turned by 90 degrees to the left or, by -90,
        to the right, it is there with the corner that is then the upper left one: the box on the page stays the same.
        """
        left, top = x * MM, (self.h - y) * MM
        width, height = drawing.width * MM * scale, drawing.height * MM * scale
        matrix = {
            0: f"{scale:.4f} 0 0 {scale:.4f} {left:.3f} {top:.3f}",
            90: f"0 {scale:.4f} {-scale:.4f} 0 {left:.3f} {top - width:.3f}",
            -90: f"0 {-scale:.4f} {scale:.4f} 0 {left + height:.3f} {top:.3f}",
        }[turn]
        drawn = self._tagged(drawing) if self._is_tagged else drawing.operators
        self._out(f"q {matrix} cm\n{drawn}\nQ")
        for kind, number in drawing.needs:
            self._resource_catalog.add(kind, number, self.page)

    def _tagged(self, drawing: "Drawing") -> str:
        """The same on this page, with what each part is. What is no text is not read aloud."""
        root, said = self.struct_builder.doc_struct_elem, []
        for operators, tag in drawing.parts:
            begins = f"/{ARTIFACT} BMC"
            if tag:
                role, language = tag
                element = Element(f"/{role}", root, self.page, language)
                root.k.append(element)
                begins = opens(self, element)
            said.append(f"{begins}\n{operators}\nEMC")
        return "\n".join(said)

    def picture(self, image: Image.Image) -> int:
        """Takes a picture into the document, once; gives its number."""
        return cast(int, preload_image(self.image_cache, image)[2]["i"])

    def set_line(self, text: str, style: str) -> Line:
        """`style` is "display", for what is read from afar, or "text"."""
        known = self._lines.get((text, style))
        if known is None:
            known = self._lines[text, style] = self._set(text, style)
        return known

    def _set(self, text: str, style: str) -> Line:
        operators, fonts, ems = [], set(), 0.0
        for key, letters in groupby(text, key=self._face_of_letters(text, style)):
            face = self._face(key)
            operand, width = glyphs(face, "".join(letters))
            operators.append(f"/F{face.i} 1 Tf [{operand}] TJ")
            fonts.add(face.i)
            ems += width
        said = (BOM_UTF16_BE + text.encode("utf-16-be")).hex()  # the glyphs do not stand in the order of the letters
        return Line(text, f"/Span <</ActualText <{said}>>> BDC {' '.join(operators)} EMC", frozenset(fonts), ems)

    def _face_of_letters(self, text: str, style: str) -> "_FaceOf":
        """The face for headings has few Latin letters: a name with others stands in the other bold face as a whole."""
        if style != "display":
            return _FaceOf("latin", "khmer")
        known = self._face("displaylatinB").hbfont.face.unicodes
        has_all = all(_is_khmer(letter) or ord(letter) in known for letter in text)
        return _FaceOf("displaylatinB" if has_all else "latinB", "displaykhmerB")

    def _face(self, key: str) -> Face:
        if key not in self._faces:
            self._faces[key] = self.fonts[key] = Face(self, *_FACES[key])
        return self._faces[key]

    def fitted(
        self,
        text: str,
        language: str,
        style: str,
        *,
        width: float,
        height: float,
        sizes: Iterable[float],
    ) -> Block:
        """In the largest size in which all of it fits. What fits in none becomes smaller still, as long as it can be
        read; then a word is broken. Nothing is cut off."""
        tried = list(sizes)
        while tried[-1] > SMALLEST:
            tried.append(max(SMALLEST, tried[-1] * 0.92))
        for is_broken in (False, True):
            for size in tried:
                block = self.wrapped(text, language, style, width, size, is_broken=is_broken)
                if block.height <= height and block.width <= width:
                    return block
        return block

    def wrapped(
        self, text: str, language: str, style: str, width: float, size: float, *, is_broken: bool = False
    ) -> Block:
        """Lines end at spaces, and where a Khmer word ends; where words are broken, after any letter."""
        ems = width * MM / size
        whole = self.set_line(text, style)
        if whole.ems <= ems:
            return Block((whole,), size, language)
        found, line, taken = [], "", 0.0
        for word in _syllables(text) if is_broken else self.words(text):
            bare = self.set_line(word.rstrip(), style).ems
            if line and taken + bare > ems:
                found.append(line)
                line, taken = "", 0.0
            line += word
            taken += self.set_line(word, style).ems
        return Block(tuple(self.set_line(one.rstrip(), style) for one in [*found, line]), size, language)

    @staticmethod
    def words(text: str) -> list[str]:
        """Each with the space after it."""
        return [word for word in breakable(text).replace(" ", f" {ZWSP}").split(ZWSP) if word]


class Drawing:
    """What is drawn on a part of a page: the operators of PDF, and which fonts and pictures they need."""

    def __init__(self, board: Board, width: float, height: float) -> None:
        self.board, self.width, self.height = board, width, height
        self.needs: set[tuple[PDFResourceType, int]] = set()
        self.parts: list[tuple[str, tuple[str, str] | None]] = []  # of a text also its role and its language

    @property
    def operators(self) -> str:
        return "\n".join(operators for operators, _tag in self.parts)

    def put(self, other: "Drawing") -> None:
        """All of another drawing, at its own place."""
        self.parts += other.parts
        self.needs |= other.needs

    def _draw(self, operators: str) -> None:
        self.parts.append((operators, None))

    def area(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.areas([(x, y, width, height)], colour)

    def areas(self, boxes: Iterable[tuple[float, float, float, float]], colour: str) -> None:
        drawn = "\n".join(f"{x * MM:.2f} {-(y + h) * MM:.2f} {w * MM:.2f} {h * MM:.2f} re" for x, y, w, h in boxes)
        self._draw(f"{_colour(colour)} rg\n{drawn} f")

    def polygon(self, corners: Sequence[tuple[float, float]], colour: str) -> None:
        (x, y), *others = corners
        lines = " ".join(f"{x * MM:.2f} {-y * MM:.2f} l" for x, y in others)
        self._draw(f"{_colour(colour)} rg {x * MM:.2f} {-y * MM:.2f} m {lines} f")

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        a, b, r, c = x * MM, -y * MM, radius * MM, radius * MM * 0.5523
        curves = [
            (a + r, b + c, a + c, b + r, a, b + r),
            (a - c, b + r, a - r, b + c, a - r, b),
            (a - r, b - c, a - c, b - r, a, b - r),
            (a + c, b - r, a + r, b - c, a + r, b),
        ]
        drawn = " ".join(" ".join(f"{one:.2f}" for one in curve) + " c" for curve in curves)
        self._draw(f"{_colour(colour)} rg {a + r:.2f} {b:.2f} m {drawn} f")

    def picture(self, number: int, x: float, y: float, width: float, height: float) -> None:
        """A picture that the board has taken in."""
        box = f"{width * MM:.2f} 0 0 {height * MM:.2f} {x * MM:.2f} {-(y + height) * MM:.2f}"
        self._draw(f"q {box} cm /I{number} Do Q")
        self.needs.add((PDFResourceType.X_OBJECT, number))

    def write(
        self, block: Block, x: float, y: float, colour: str, *, width: float | None = None, role: str = "P"
    ) -> float:
        """From this corner on; in the middle of `width` where there is one. Gives where it ends below. `role` is "H1"
        for a heading.
        """
        parts = [f"{_colour(colour)} rg BT"]
        size, height = block.size, block.size * LEADING[block.language]
        for number, line in enumerate(block.lines):
            left = x * MM + ((width * MM - line.ems * size) / 2 if width else 0)
            baseline = -(y * MM + height * number + (height - size) / 2 + size * (ASCENT[block.language] - 0.2))
            parts.append(f"{size:.2f} 0 0 {size:.2f} {left:.2f} {baseline:.2f} Tm {line.operators}")
            self.needs |= {(PDFResourceType.FONT, font) for font in line.fonts}
        self.parts.append(("\n".join([*parts, "ET"]), (role, block.language)))
        return y + block.height

    def qr(self, text: str, x: float, y: float, side: float) -> None:
        """Black on white, with its quiet zone inside of the side."""
        rows = segno.make_qr(text, error="m", mask=QR_MASK, boost_error=False).matrix
        unit = side / (len(rows) + 2 * QUIET_ZONE)
        self.area(x, y, side, side, "#ffffff")
        left, top = (x + QUIET_ZONE * unit) * MM, (y + QUIET_ZONE * unit) * MM
        # In units of a module, and down the page: short numbers make most of a badge.
        self._draw(f"q 0 g {unit * MM:.4f} 0 0 {-unit * MM:.4f} {left:.2f} {-top:.2f} cm\n{_dark(rows)} f Q")


@dataclass(frozen=True)
class _FaceOf:
    """The face for a letter. A space and the signs that part words go with the Latin letters."""

    latin: str
    khmer: str

    def __call__(self, letter: str) -> str:
        return self.khmer if _is_khmer(letter) else self.latin


_FACES = {
    "latin": ("Latin", ""),
    "latinB": ("Latin", "B"),
    "khmer": ("Khmer", ""),
    "displaylatinB": ("DisplayLatin", "B"),
    "displaykhmerB": ("DisplayKhmer", "B"),
}


def _is_khmer(letter: str) -> bool:
    return "\u1780" <= letter <= "\u17ff" or letter in MARKS


def _syllables(text: str) -> list[str]:
    """Each letter with the marks on it, and with the letters that are written below it."""
    parts: list[str] = []
    for letter in text:
        if parts and (unicodedata.category(letter)[0] == "M" or letter in MARKS or parts[-1].endswith(COENG)):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


@lru_cache(maxsize=64)
def _colour(name: str) -> str:
    """#8c1a2b as PDF says it."""
    return " ".join(f"{part / 255:.3f}" for part in bytes.fromhex(name[1:]))


def _dark(rows: Sequence[bytes | bytearray]) -> str:
    """The dark modules, in stretches."""
    boxes = []
    for y, row in enumerate(rows):
        begin = row.find(1)
        while begin >= 0:
            end = row.find(0, begin)
            end = len(row) if end < 0 else end
            boxes.append(f"{begin} {y} {end - begin} 1 re")
            begin = row.find(1, end)
    return "\n".join(boxes)
