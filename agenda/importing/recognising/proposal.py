"""What was recognised, as immutable values."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from agenda.choices import AppearanceState, Kind, SessionState
from agenda.importing.recognising.account import Fate, Layout, Question
from conference.language.translated import Text

NO_TEXT = Text()


@dataclass(frozen=True)
class Person:
    """Who appears: a person, but nearly always an organisation or a group."""

    name: str  # as printed in the table
    organisation: str = ""  # slug of one that is known
    role: str = ""
    is_to_be_confirmed: bool = False

    @property
    def state(self) -> AppearanceState:
        return AppearanceState.TO_BE_CONFIRMED if self.is_to_be_confirmed else AppearanceState.CONFIRMED


@dataclass(frozen=True)
class Change:
    field: str  # "title_en", "times", "people", ...
    name: str  # for reading
    old: str
    new: str


@dataclass(frozen=True)
class Proposed:
    row: int
    date: datetime.date
    kind: Kind
    title: Text
    label: Text = NO_TEXT
    description: Text = NO_TEXT
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    is_to_be_confirmed: bool = False
    open_call: bool = False
    people: tuple[Person, ...] = ()
    room: str = ""
    track: str = ""
    children: tuple["Proposed", ...] = ()
    uuid: str = ""  # of a session of this site, in its own file for programs
    stands: frozenset[str] = frozenset()  # which of its columns say what stands there already
    block: int = 0  # of the document: with `row` the spot where it begins
    doubt: str = ""  # why it is not ticked before staff look at it, in the reader's language
    languages: tuple[str, ...] = ()  # spoken, codes
    links: tuple[tuple[str, str], ...] = ()  # (what it is called, address)
    interpretation: tuple[str, ...] = ()  # offered, codes
    is_cancelled: bool = False
    # Of a session that a file of this site names by its id: the columns that were edited there. None of any other
    # source, whose sessions are compared with what stands there.
    edits: tuple[Change, ...] | None = None

    @property
    def state(self) -> SessionState:
        if self.is_cancelled:
            return SessionState.CANCELLED
        return SessionState.TO_BE_CONFIRMED if self.is_to_be_confirmed else SessionState.CONFIRMED

    def walk(self) -> Iterator["Proposed"]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class ProposedDay:
    row: int
    date: datetime.date
    intro: Text
    block: int = 0


@dataclass(frozen=True)
class Problem:
    row: int
    text: str
    stops: bool = True  # the row is not among the steps; otherwise it is worth a look only
    block: int = 0


@dataclass(frozen=True)
class Proposal:
    days: tuple[ProposedDay, ...]
    sessions: tuple[Proposed, ...]
    problems: tuple[Problem, ...]
    passed_over: tuple[tuple[int, str], ...]  # rows above, below and between that say nothing of the agenda
    fates: tuple[Fate, ...] = ()  # one for each row of the document, in its order
    layouts: tuple[Layout, ...] = ()
    questions: tuple[Question, ...] = ()
    # The uuids of which the source could tell, if it is a file of this site: only those sessions can be missing.
    could_have: frozenset[str] | None = None
