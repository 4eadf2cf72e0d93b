"""A table pasted as text: tabs between cells, or each cell on a line of its own."""

import re
from collections.abc import Iterator

from agenda.importing.reading.rows import LINE

# Excel puts quotes around a cell of several lines.
_QUOTED = re.compile(r'(?:(?<=\t)|(?<=\n)|\A)"((?:[^"]|"")*)"(?=\t|\n|\Z)')
_TAG = re.compile(r"</?(?:div|p|br|li|ul|ol|i|em|span|b|strong|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:span|b|strong|u)\b", re.IGNORECASE)


def read_plain_text(text: str) -> Iterator[list[str]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _QUOTED.sub(lambda cell: cell[1].replace('""', '"').replace("\n", LINE).replace("\t", " "), text)
    for line in text.split("\n"):
        # Some editors leave <i> and <div> in what they copy: each begins a line of its own.
        yield [_TAG.sub(lambda tag: "" if _INLINE.match(tag[0]) else "\n", cell) for cell in line.split("\t")]
