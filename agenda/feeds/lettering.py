"""Text on a picture, Khmer and Latin. HarfBuzz shapes it, as it does for the PDF, and draws the outlines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby

import uharfbuzz as hb
from PIL import Image

from agenda.feeds.breaks import ZWSP, breakable
from agenda.feeds.faces import ABSENT, FOLDER

# The first font of a style that has a letter draws it.
_FONTS = {
    "display": ("kantumruy-pro-latin-700", "kantumruy-pro-khmer-700", "noto-sans-700", "noto-sans-khmer-700"),
    "text": ("noto-sans-400", "noto-sans-khmer-400"),
}
LEADING = {"km": 1.5, "en": 1.15}
MIDDLE = 0.33  # of a line, above its baseline, in ems


@dataclass(frozen=True)
class _Glyph:
    font: hb.Font
    number: int
    x: float  # ems from the beginning of the line
    y: float


@dataclass(frozen=True)
class Block:
    """A text in lines that fit."""

    lines: tuple[str, ...]
    size: int
    style: str
    leading: float

    @property
    def height(self) -> int:
        return round(len(self.lines) * self.size * self.leading)

    @property
    def width(self) -> float:
        return max((_shaped(line, self.style)[1] * self.size for line in self.lines), default=0)

    def draw(self, picture: Image.Image, corner: tuple[int, int], colour: str) -> int:
        """From this corner on. Gives where it ends below."""
        left, top = corner
        height = self.size * self.leading
        for number, line in enumerate(self.lines):
            baseline = top + height * (number + 0.5) + MIDDLE * self.size
            _draw_line(picture, _shaped(line, self.style)[0], (left, round(baseline)), self.size, colour)
        return top + self.height


def block(text: str, language: str, width: int, size: int, style: str = "text") -> Block:
    return Block(tuple(_lines(text, width / size, style)), size, style, LEADING[language])


def cut(whole: Block, width: int, height: int) -> Block:
    """As many of its lines as there is room for. If there are more, the last ends after a word, with an ellipsis."""
    number = max(1, int(height / (whole.size * whole.leading)))
    if number >= len(whole.lines) and whole.width <= width:
        return whole
    *kept, last = whole.lines[:number]
    words = _words(last)
    while len(words) > 1 and _shaped("".join(words).rstrip() + "…", whole.style)[1] * whole.size > width:
        words.pop()
    return replace(whole, lines=(*kept, "".join(words).rstrip() + "…"))


def _lines(text: str, ems: float, style: str) -> Iterator[str]:
    line = ""
    for word in _words(" ".join(text.split())):
        if line and _shaped((line + word).rstrip(), style)[1] > ems:
            yield line.rstrip()
            line = ""
        line += word
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> list[str]:
    """Each with the space after it. A line breaks at spaces, and where a Khmer word ends."""
    return breakable(text).replace(" ", f" {ZWSP}").split(ZWSP)


@cache
def _font(name: str) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(FOLDER / f"{name}.ttf")))


@cache
def _letters(name: str) -> frozenset[int]:
    return frozenset(_font(name).face.unicodes)


def _font_of(letter: str, style: str) -> str:
    fonts = _FONTS[style]
    return next((name for name in fonts if ord(letter) in _letters(name)), "")


@lru_cache(maxsize=2000)
def _shaped(text: str, style: str) -> tuple[tuple[_Glyph, ...], float]:
    """The glyphs of a line, and its width in ems. What no font has becomes the sign that stands for it."""
    glyphs: list[_Glyph] = []
    at = 0.0
    for name, letters in groupby(text, key=lambda letter: _font_of(letter, style)):
        run, font = "".join(letters), _font(name or _FONTS[style][-2])
        buffer = hb.Buffer()
        buffer.add_str(run if name else ABSENT * len(run))
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        em = font.face.upem
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyphs.append(_Glyph(font, info.codepoint, at + place.x_offset / em, place.y_offset / em))
            at += place.x_advance / em
    return tuple(glyphs), at


def _draw_line(
    picture: Image.Image, glyphs: Iterable[_Glyph], corner: tuple[int, int], size: int, colour: str
) -> None:
    raster = hb.RasterDraw()
    for one in glyphs:
        scale = size / one.font.face.upem
        raster.transform = (scale, 0, 0, scale, one.x * size, one.y * size)
        raster.draw_glyph(one.font, one.number)
    drawn = raster.render()
    if drawn is None or not drawn.extents.width:
        return
    place = drawn.extents
    mask = Image.frombytes("L", (place.width, place.height), drawn.buffer, "raw", "L", place.stride, -1)
    picture.paste(colour, (corner[0] + place.x_origin, corner[1] - place.y_origin - place.height), mask)
