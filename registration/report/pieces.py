"""What a report is made of. Word and PDF are written from the same pieces."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1  # 0: the title of the whole


@dataclass(frozen=True)
class Paragraph:
    text: str
    is_note: bool = False  # smaller, as below a table
    is_marked: bool = False  # not to be passed over


@dataclass(frozen=True)
class Bullets:
    items: Sequence[str]
    are_numbered: bool = False


@dataclass(frozen=True)
class ToWrite:
    """Where staff have written nothing yet: a heading and a line to finish in Word. A PDF goes out without them."""

    title: str
    text: str


@dataclass(frozen=True)
class Cell:
    text: str
    links: Sequence[tuple[str, str]] = ()  # words and address, each on a line below the text


@dataclass(frozen=True)
class Grid:
    """A table with a row of headings; the first column heads the rows."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]  # shares of the width of the text
    are_numbers: bool = False  # all columns but the first
    last_is_sum: bool = False


@dataclass(frozen=True)
class Picture:
    content: bytes
    alt: str  # what is to be seen, for those who do not see it
    caption: str
    width: float = 1.0  # share of the width of the text


@dataclass(frozen=True)
class Contents:
    """The headings with their pages."""

    title: str


Piece = Heading | Paragraph | Bullets | ToWrite | Grid | Picture | Contents
