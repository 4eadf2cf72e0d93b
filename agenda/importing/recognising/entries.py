"""What is found in a document, in its order: days, and entries with a time and all that stands beside it. Values."""

import datetime
from dataclasses import dataclass, field

from agenda.importing.reading.document import Spot
from agenda.importing.recognising.account import Became, Fate
from agenda.importing.recognising.days import WrittenDay
from agenda.importing.recognising.moments import Span

_RANK = [Became.SESSION, Became.PART, Became.DAY, Became.HEADING, Became.PASSED, Became.UNREAD]


@dataclass
class Entry:
    """A session as the source has it: not yet on a date, its words not yet taken apart."""

    spot: Spot
    span: Span | None  # None where only a length is said: then it begins when the one above ends
    length: datetime.timedelta | None = None
    day: WrittenDay | None = None  # said in its own row or column
    lines: list[str] = field(default_factory=list)  # title and what stands below it
    khmer: list[str] = field(default_factory=list)  # the same in a column of its own
    description: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    room: str = ""
    track: str = ""
    language: str = ""
    doubts: list[str] = field(default_factory=list)
    has_title_column: bool = False
    has_people_column: bool = False  # then no one is named behind a title
    has_room_column: bool = False
    is_end: bool = False  # says only when the one above ends: "17:00 End of day"
    column: int = -1  # in a grid of sessions
    is_inside: bool = False  # it stands, with its own time, in the cell of the session above
    is_above_unread: bool = False  # a row below it was not understood: it may be that it ends there
    parts: list[Spot] = field(default_factory=list)  # rows below that go on with it

    @property
    def words(self) -> str:
        return " ".join([*self.lines, *self.khmer, *self.description, *self.people, self.room, self.track]).strip()


@dataclass
class DayMark:
    """From here on it is this day."""

    spot: Spot
    day: WrittenDay | None
    lines: list[str] = field(default_factory=list)
    date: datetime.date | None = None  # as staff set it
    is_restart: bool = False  # another table, sheet or place begins: the clock may begin again


Event = Entry | DayMark


@dataclass
class Found:
    """What was taken of a document or a part of it."""

    events: list[Event] = field(default_factory=list)
    fates: dict[Spot, Fate] = field(default_factory=dict)
    doubtful_rows: dict[str, list[Entry]] = field(default_factory=dict)  # by the key of the question they hang on

    def fate(self, spot: Spot, became: Became, reason: str = "", left: str = "") -> None:
        """A row may be several things at once: the first of `_RANK` says what it became."""
        there = self.fates.get(spot)
        if there is None:
            self.fates[spot] = Fate(spot, became, reason, left)
            return
        best, other = sorted([Fate(spot, became, reason, left), there], key=lambda one: _RANK.index(one.became))
        words = " ".join(dict.fromkeys(filter(None, (best.left, other.left))))
        self.fates[spot] = Fate(spot, best.became, best.reason, words)

    @property
    def entries(self) -> list[Entry]:
        return [event for event in self.events if isinstance(event, Entry)]
