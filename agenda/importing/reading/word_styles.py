"""How the words of a Word document look, and which paragraphs are headings: by their own properties and by styles."""

import re
from dataclasses import dataclass, replace
from typing import Any

from agenda.importing.reading.flow import BOLD, ITALIC
from agenda.importing.reading.package import attribute, child, local, value

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
# Word and LibreOffice keep a second bold and italic for these scripts; for others it means nothing.
_COMPLEX = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u19e0-\u19ff]")
_DEEPEST = 20  # styles that are based on styles


@dataclass(frozen=True)
class Look:
    bold: bool = False
    bold_complex: bool = False
    italic: bool = False
    italic_complex: bool = False
    is_struck: bool = False
    is_hidden: bool = False

    def emphasis(self, text: str) -> int:
        is_complex = bool(_COMPLEX.search(text))
        bold = self.bold or (is_complex and self.bold_complex)
        italic = self.italic or (is_complex and self.italic_complex)
        return (BOLD if bold else 0) | (ITALIC if italic else 0)


_FIELDS = {
    "b": "bold",
    "bCs": "bold_complex",
    "i": "italic",
    "iCs": "italic_complex",
    "strike": "is_struck",
    "dstrike": "is_struck",
    "vanish": "is_hidden",
}


@dataclass(frozen=True)
class ParagraphStyle:
    look: Look = Look()
    level: int = 0  # of a heading
    numbering: Any = None  # the numPr of its style


class Styles:
    def __init__(self, root: Any) -> None:
        styles = () if root is None else (style for style in root if local(style) == "style")
        self._styles = {attribute(style, "styleId"): style for style in styles}
        self._known: dict[str | None, ParagraphStyle] = {}

    def of_paragraph(self, properties: Any) -> ParagraphStyle:
        if properties is None:
            return self._named(None)
        style = self._named(value(properties, "pStyle"))
        level = value(properties, "outlineLvl")
        return replace(style, level=_level(level)) if level else style

    def of_run(self, properties: Any, above: Look) -> Look:
        name = value(properties, "rStyle")
        return _with(properties, _over(above, self._named(name).look) if name else above)

    def _named(self, name: str | None, depth: int = 0) -> ParagraphStyle:
        if name in self._known:
            return self._known[name]
        style = self._styles.get(name)
        if style is None or depth > _DEEPEST:
            return ParagraphStyle()
        found = self._named(value(style, "basedOn"), depth + 1)
        paragraph, run = child(style, "pPr"), child(style, "rPr")
        heading = _HEADING.fullmatch(value(style, "name") or "")
        if heading:
            found = replace(found, level=int(heading[1]))
        elif (value(style, "name") or "").lower() == "title":
            found = replace(found, level=1)
        level, numbering = value(paragraph, "outlineLvl"), child(paragraph, "numPr")
        if level:
            found = replace(found, level=_level(level))
        if numbering is not None:
            found = replace(found, numbering=numbering)
        if run is not None:
            found = replace(found, look=_with(run, found.look))
        self._known[name] = found
        return found


def _with(properties: Any, look: Look) -> Look:
    said: dict[str, bool] = {}
    for setting in properties:
        field = _FIELDS.get(local(setting))
        if field:
            said[field] = said.get(field, False) or attribute(setting, "val") not in ("0", "false", "off", "none")
    return replace(look, **said) if said else look


def _over(one: Look, other: Look) -> Look:
    return Look(*(first or second for first, second in zip(vars(one).values(), vars(other).values(), strict=True)))


def _level(said: str) -> int:
    """Word counts from 0, and 9 is the text."""
    return int(said) + 1 if said.isascii() and said.isdigit() and int(said) < 9 else 0
