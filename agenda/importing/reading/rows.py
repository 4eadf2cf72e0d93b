"""What every reader makes of its table: numbered rows of cells."""

import re

from conference.language.khmer import visible

LINE = "\v"  # a line break inside a cell, where the text around it is cut into lines
# PostgreSQL takes no NUL; a reader cannot see the others.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200e\u200f\u2060\ufeff]")


Table = list[list[str]]  # rows of cells


class Unreadable(Exception):
    """What was sent cannot be read; the message says why, in the reader's language."""


def tidy(cell: str) -> str:
    """One cell: no invisible characters but between Khmer words, single spaces, no empty lines."""
    lines = re.split(r"[\n\r\v\f\x85\u2028\u2029]", _CONTROL.sub("", visible(cell)))
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
