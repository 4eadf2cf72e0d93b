"""What became of every row of the source, and what only staff can decide. Pure values.

The law of the import: nothing is lost silently, nothing is guessed silently. So each row of a document has exactly one
`Fate`, and where two readings of a table are near, the proposal asks a `Question` instead of choosing.
"""

from dataclasses import dataclass
from enum import StrEnum

from agenda.importing.reading.document import Spot

# What staff answered: the key of a question (or "column-BLOCK-COLUMN", "day-BLOCK-ROW") -> the value of a choice.
Answers = dict[str, str]


class Became(StrEnum):
    SESSION = "session"  # a session begins in this row
    PART = "part"  # it goes on in this row: a description, a person, a theme
    DAY = "day"  # the heading of a day, or its introduction
    HEADING = "heading"  # names columns, a part of the day, a title of the document: says nothing of a session
    PASSED = "passed"  # a note, a total, a footnote: left out, with the reason
    UNREAD = "unread"  # not understood: left out, with the reason


class ColumnRole(StrEnum):
    """What the cells of a column are. Staff may set it over the table."""

    TIME = "time"  # from, or from and to
    START = "start"
    END = "end"
    DURATION = "duration"
    DATE = "date"
    NUMBER = "number"
    TITLE = "title"
    TITLE_EN = "title_en"
    TITLE_KM = "title_km"
    DESCRIPTION = "description"
    PEOPLE = "people"
    ROOM = "room"
    TRACK = "track"
    LANGUAGE = "language"
    SESSIONS = "sessions"  # a column of a grid: each cell is a session, of the day, room or track in its heading
    OTHER = "other"  # goes to the description under its own name
    IGNORED = "ignored"


@dataclass(frozen=True)
class Fate:
    spot: Spot
    became: Became
    reason: str = ""  # in the reader's language; for PASSED and UNREAD never empty
    left: str = ""  # words of a taken row that went nowhere: named in the preview


@dataclass(frozen=True)
class Layout:
    """How a table was read: shown over its columns, where staff may set it otherwise."""

    block: int
    columns: tuple[ColumnRole, ...]
    headings: tuple[str, ...] = ()  # what stands over them
    header_row: int | None = None  # its number


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    outcome: tuple[str, ...] = ()  # what would come of it, in a few lines: "9:00 – 9:30 Opening"


@dataclass(frozen=True)
class Question:
    """Asked where two readings are near. Until it is answered, the sessions that hang on it are not ticked."""

    key: str
    text: str
    choices: tuple[Choice, ...]
    chosen: str = ""  # what was answered, or taken for now
    answered: bool = False
    spot: Spot | None = None


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"
