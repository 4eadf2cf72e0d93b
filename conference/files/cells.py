"""What a cell of a spreadsheet may hold."""

import re

# What a spreadsheet would take for a formula, full-width signs included; a telephone number is not one.
_FORMULA = re.compile(r"^\s*[=+\-@|%\t\r\n＝＋－＠]")
_TELEPHONE = re.compile(r"^\+[0-9]+( [0-9]+)+$", re.ASCII)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML cannot hold these


def text(value: object) -> str:
    """Without characters that XML cannot hold, and with line ends of one kind."""
    return _ILLEGAL.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n")


def harmless(cell: str) -> str:
    """With an apostrophe in front where a spreadsheet would run the cell as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) and not _TELEPHONE.match(cell) else cell
