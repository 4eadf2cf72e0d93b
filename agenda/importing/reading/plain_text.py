"""A table pasted as text: tabs between cells, or each cell on a line of its own."""

import re

from agenda.importing.reading.rows import LINE

# Excel puts quotes around a cell of several lines.
_QUOTED = re.compile(r'(?:(?<=\t)|(?<=\n)|\A)"((?:[^"]|"")*)"(?=\t|\n|\Z)')
_TAG = re.compile(r"</?(?:div|p|br|li|ul|ol|i|em|span|b|strong|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:span|b|strong|u)\b", re.IGNORECASE)


def read_plain_text(text):
    text = _QUOTED.sub(_one_line, text.replace("\r\n", "\n").replace("\r", "\n"))
    return [[_without_tags(cell) for cell in line.split("\t")] for line in text.split("\n")]


def _one_line(match):
    return match.group(1).replace('""', '"').replace("\n", LINE).replace("\t", " ")


def _without_tags(cell):
    """Some editors leave <i> and <div> in what they copy: each begins a line of its own."""
    return _TAG.sub(lambda tag: "" if _INLINE.match(tag.group()) else "\n", cell)
