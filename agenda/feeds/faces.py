"""The fonts of the PDF, and which letters they have."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from fpdf import FPDF
from fpdf.fonts import Glyph, TTFFont

FOLDER = Path(__file__).parent.parent / "data" / "fonts"
FILES = {"Latin": "noto-sans", "Khmer": "noto-sans-khmer"}
DISPLAY = {"DisplayLatin": "kantumruy-pro-latin", "DisplayKhmer": "kantumruy-pro-khmer"}  # for headings, bold alone
WEIGHTS = {"": 400, "B": 700}
ABSENT = "\ufffd"  # � stands where no font has the letter; our Latin font has it
ZWSP = "\u200b"


def path_of(face: str, style: str = "") -> Path:
    return FOLDER / f"{(FILES | DISPLAY)[face]}-{WEIGHTS[style]}.ttf"


@cache
def _letters() -> frozenset[int]:
    """What the fonts have between them; both weights have the same."""
    found: set[int] = set()
    for face in FILES:
        found |= set(hb.Face(hb.Blob.from_file_path(path_of(face))).unicodes)
    return frozenset(found)


def is_printed(letter: str) -> bool:
    """Whether a font has it, or nothing of it is to be seen: a line's end, a mark that only steers."""
    return ord(letter) in _letters() or unicodedata.category(letter) in ("Cc", "Cf") or "\ufe00" <= letter <= "\ufe0f"


def absent_letters(text: str) -> str:
    """The letters of a text that the PDF cannot print, each once."""
    return "".join(dict.fromkeys(letter for letter in text if not is_printed(letter)))


class _Printed(dict[int, int]):
    """For str.translate: a letter that no font has becomes the sign that stands for it."""

    def __missing__(self, code: int) -> int:
        self[code] = code if is_printed(chr(code)) else ord(ABSENT)
        return self[code]


_PRINTED = _Printed()


class Face(TTFFont):
    """A font whose text can be searched and copied.

    The glyphs of a Khmer syllable stand in another order than its letters. So the first glyph stands for all letters
    of the syllable, and the others for a sign that programs pass over. fpdf2 says nothing of the others; then programs
    make letters up.
    """

    def __init__(self, paper: FPDF, name: str, style: str) -> None:
        super().__init__(paper, path_of(name, style), f"{name.lower()}{style}", style)
        for table in {"GDEF", "GPOS", "GSUB"} & set(self.ttfont.keys()):  # no part of the PDF, and slow to read:
            del self.ttfont[table]  # HarfBuzz has the file itself

    def perform_harfbuzz_shaping(
        self, text: str, font_size_pt: float, text_shaping_params: dict[str, Any] | None
    ) -> Any:
        return super().perform_harfbuzz_shaping(text.translate(_PRINTED), font_size_pt, text_shaping_params)

    def shape_text(
        self, text: str, font_size_pt: float, text_shaping_params: dict[str, Any] | None
    ) -> Sequence[dict[str, Any]]:
        if not text:
            return []
        glyphs, positions = self.perform_harfbuzz_shaping(text, font_size_pt, text_shaping_params)
        starts = sorted({glyph.cluster for glyph in glyphs})
        letters = {start: text[start:end] for start, end in pairwise([*starts, len(text)])}
        shaped = []
        for glyph, place in zip(glyphs, positions, strict=True):
            stands_for = letters.pop(glyph.cluster, ZWSP)
            name = self.ttfont.getGlyphName(glyph.codepoint)
            width = round(self.scale * self.ttfont["hmtx"].metrics[name][0])
            of_subset = Glyph(glyph.codepoint, tuple(map(ord, stands_for)), name, width)
            is_moved = width != place.x_advance or place.x_offset or place.y_offset or place.y_advance
            shaped.append(
                {
                    "mapped_char": self.subset.pick_glyph(of_subset),
                    "width": width,
                    "x_advance": place.x_advance,
                    "y_advance": place.y_advance,
                    "x_offset": place.x_offset,
                    "y_offset": place.y_offset,
                    "force_positioning": bool(is_moved),
                }
            )
        return shaped
