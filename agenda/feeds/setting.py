"""Text in lines: where each line ends, and which glyphs stand on it.

fpdf2 measures a paragraph letter by letter, and shapes each of its lines twice: a report of 800 sessions took it five
seconds. Here each word is shaped once in a document, and stands again wherever it comes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from agenda.feeds.breaks import breakable
from agenda.feeds.faces import WEIGHTS, ZWSP, Face
from conference.language.khmer import COENG

SPACE = re.compile("([ \u2000-\u2006\u2008-\u200b\u205f\u3000])")  # where a line may end
UNSEEN = {code: " " for code in range(32) if chr(code) not in "\n\r"} | {ord("\r"): ""}


class Run(NamedTuple):
    """Letters that one face draws."""

    font: int  # the number of the face in the PDF
    operand: str  # what TJ takes, at a size of one point
    ems: float


class Line:
    def __init__(self) -> None:
        self.text, self.ems = "", 0.0
        self.runs: list[Run] = []

    def add(self, text: str, runs: Iterable[Run]) -> None:
        self.text += text
        for run in runs:
            self.runs.append(run)
            self.ems += run.ems

    @property
    def operators(self) -> str:
        """At a size of one point, from where the PDF has been led."""
        of_a_font = groupby(self.runs, lambda run: run.font)
        return " ".join(f"/F{font} 1 Tf [{''.join(run.operand for run in runs)}] TJ" for font, runs in of_a_font)

    @property
    def fonts(self) -> set[int]:
        return {run.font for run in self.runs}


class Setting:
    """In one style. The first face that has a letter draws it; what none has, `otherwise` draws as a sign for it."""

    def __init__(self, faces: Iterable[Face], otherwise: Face) -> None:
        self.faces, self.otherwise = list(faces), otherwise
        self._words: dict[str, list[Run]] = {}
        self._face_of: dict[str, Face] = {}

    def lines(self, text: str, ems: float) -> Iterator[Line]:
        """Each at most so wide."""
        for paragraph in breakable(text).translate(UNSEEN).split("\n"):
            yield from self._wrapped(paragraph, ems)

    def _wrapped(self, paragraph: str, ems: float) -> Iterator[Line]:
        line, space, is_first = Line(), "", True
        for at, text in enumerate(SPACE.split(paragraph)):
            if at % 2:
                space = text.replace(ZWSP, "")
                continue
            for part in self._parts(text, ems):
                gap, word = self.word(space), self.word(part)
                if part and not is_first and line.ems + _width(gap) + _width(word) > ems:
                    line.text += space  # else the last word of this line and the first of the next would be one
                    yield line
                    line = Line()
                else:
                    line.add(space, gap)
                line.add(part, word)
                space, is_first = "", False
        yield line

    def _parts(self, text: str, ems: float) -> list[str]:
        """The word; where it is longer than a line, as many of its letters at a time as there is room for."""
        if _width(self.word(text)) <= ems:
            return [text]
        parts, begin, end = [], 0, 0
        for upto in [at for at in range(1, len(text)) if _may_end(text, at)] + [len(text)]:
            if end > begin and _width(self._shaped(text[begin:upto])) > ems:
                parts.append(text[begin:end])
                begin = end
            end = upto
        return [*parts, text[begin:]]

    def word(self, text: str) -> list[Run]:
        if text not in self._words:
            self._words[text] = self._shaped(text)
        return self._words[text]

    def _shaped(self, text: str) -> list[Run]:
        of_a_face = groupby(text, self._face)
        return [Run(face.i, *glyphs(face, "".join(letters))) for face, letters in of_a_face]

    def _face(self, letter: str) -> Face:
        if letter not in self._face_of:
            has_it = (face for face in self.faces if ord(letter) in face.cmap)
            self._face_of[letter] = next(has_it, self.otherwise)
        return self._face_of[letter]


def settings_for(faces: Mapping[str, Face]) -> dict[tuple[str, str], Setting]:
    """By language and style; `faces` by their keys. The other face stands in where one lacks a letter."""
    return {
        (language, style): Setting((faces[f"{name}{style}"] for name in order), faces[f"latin{style}"])
        for language, order in {"en": ("latin", "khmer"), "km": ("khmer", "latin")}.items()
        for style in WEIGHTS
    }


def glyphs(face: Face, text: str) -> tuple[str, float]:
    """What PDF's TJ takes, and how wide it is in ems."""
    parts, run, ems, moved = [], "", 0.0, 0.0
    for glyph in face.shape_text(text.replace(ZWSP, ""), 1, None):
        advance, aside = face.scale * glyph["x_advance"], face.scale * glyph["x_offset"]
        if move := moved + aside:
            parts.append(f"<{run}>{-move:.0f}")
            run = ""
        code = f"{glyph['mapped_char']:04x}"
        if rise := face.scale * glyph["y_offset"] / 1000:
            parts.append(f"<{run}>] TJ {rise:.3f} Ts [<{code}>] TJ 0 Ts [")
            run = ""
        else:
            run += code
        moved = advance - aside - glyph["width"]
        ems += advance / 1000
    parts.append(f"<{run}>{-moved:.0f}")
    return "".join(parts), ems


def _width(runs: Iterable[Run]) -> float:
    return sum(run.ems for run in runs)


def _may_end(text: str, at: int) -> bool:
    """Not inside of a syllable: before a mark, or after the sign that joins."""
    return text[at - 1] != COENG and not unicodedata.category(text[at]).startswith("M")
