"""The numbers and dots that Word puts in front of the items of a list: they are not in the text.

A bare number or dot says nothing of a session. Words do: "Session 1:" is a part of the title as readers see it.
"""

import re
from collections import defaultdict
from typing import Any

from agenda.importing.reading.package import attribute, child, local, value

_COUNTER = re.compile(r"%([1-9])")
_WORD = re.compile(r"[^\W\d_]{2}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")]
_ROMAN += [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


class Lists:
    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, Any]] = {}  # number of a list -> level -> what the file says of it
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        abstract = {}
        for element in () if root is None else root:
            if local(element) == "abstractNum":
                levels = {_int(attribute(level, "ilvl")): level for level in element if local(level) == "lvl"}
                abstract[attribute(element, "abstractNumId")] = levels
            elif local(element) == "num":
                name = value(element, "abstractNumId")
                self._levels[attribute(element, "numId") or ""] = abstract.get(name, {})

    def item(self, properties: Any, of_style: Any) -> str | None:
        """What stands in front of a paragraph: "" for a bare number or dot, None where it is no item."""
        own = child(properties, "numPr")
        settings = own if own is not None else of_style
        if settings is None:
            return None
        number = value(settings, "numId") or value(of_style, "numId") or "0"
        level = _int(value(settings, "ilvl"))
        if number == "0" or level not in self._levels.get(number, {}):
            return None
        counts = self._counts[number]
        counts[level] = counts.get(level, _start(self._levels[number][level]) - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        text = value(self._levels[number][level], "lvlText") or ""
        if not _WORD.search(text):
            return ""
        return _COUNTER.sub(lambda sign: self._counted(number, int(sign[1]) - 1), text)

    def _counted(self, number: str, level: int) -> str:
        settings = self._levels[number].get(level)
        count = self._counts[number].get(level, 1)
        kind = value(settings, "numFmt") or ""
        if kind.endswith("Letter"):
            text = _LETTERS[(count - 1) % 26]
        elif kind.endswith("Roman") and count < 4000:
            text = _roman(count)
        else:
            return str(count)
        return text.upper() if kind.startswith("upper") else text


def _roman(count: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (count // worth)
        count %= worth
    return text


def _start(level: Any) -> int:
    return _int(value(level, "start") or "1")


def _int(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 6 else 0
