"""What stands in all cells of a column, and the heading over it. Pure."""

import re
from dataclasses import dataclass
from functools import cached_property

from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.column_words import column_role, column_roles, heading_roles
from agenda.importing.recognising.grid import Grid, Slot
from agenda.importing.recognising.layouts import heading_texts
from agenda.importing.recognising.likely_names import without_contacts
from agenda.importing.recognising.looks import Look, Looks

_ENOUGH = 200  # cells of a long column that say what it is
_PERSON = re.compile(
    r"(?:h\.?\s?e\.?|mrs?|ms|mx|dr|prof(?:essor)?|ven|assoc\. prof|mme|m|ibu|bapak|pak|bpk|ông|bà|ts|ths|"
    r"นาย|นาง|นางสาว|ดร|ឯកឧត្តម|លោកជំទាវ|លោកស្រី|លោក|បណ្ឌិត|កញ្ញា)(?:\.|\b|(?=[\u1780-\u17ff\u0e00-\u0e7f]))\s*\S",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Column:
    heading: str  # in one line
    named: ColumnRole | None  # what the heading says beside the others
    alone: ColumnRole | None  # what it would say if there were no others
    slots: tuple[Slot, ...]  # below the heading, not merged with others beside them
    faces: tuple[Look, ...]  # of the first of them

    @cached_property
    def times(self) -> float:
        return self._share(sum(face.has_time or face.is_failed_time for face in self.faces))

    @cached_property
    def times_behind(self) -> float:
        return self._share(sum(face.timed_behind is not None for face in self.faces))

    @cached_property
    def spans(self) -> float:
        """The share of its cells that say from when to when."""
        return self._share(sum(face.timed is not None and face.timed[0].ends_at is not None for face in self.faces))

    @property
    def may_be_sessions(self) -> bool:
        """One cell below a heading is enough, several where there is none."""
        return len(self.slots) > (0 if self.heading else 1)

    @cached_property
    def inside(self) -> float:
        """The share of its cells that hold a time and a text."""
        return self._share(sum(face.timed_lines > 0 for face in self.faces))

    @cached_property
    def holds_lists(self) -> bool:
        return any(face.timed_lines > 1 for face in self.faces)

    @cached_property
    def only_starts(self) -> bool:
        return all(face.timed[0].ends_at is None for face in self.faces if face.timed)

    @cached_property
    def lengths(self) -> float:
        return self._share(sum(face.length is not None for face in self.faces))

    @cached_property
    def numbers(self) -> float:
        return self._share(sum(face.is_number for face in self.faces))

    @cached_property
    def words(self) -> float:
        return self._share(sum(face.is_words for face in self.faces))

    @cached_property
    def letters(self) -> float:
        return self._share(sum(min(face.letters, 120) for face in self.faces))

    @cached_property
    def as_titles(self) -> float:
        """How well its texts would do as titles: in every row another, and more than a word."""
        distinct = self._share(len({face.text for face in self.faces}))
        return float(len(self.slots) * distinct * min(self.letters, 12) ** 0.5)

    @property
    def differ(self) -> bool:
        """Nearly each of its texts is another, as titles are."""
        return len({face.text for face in self.faces}) > 0.7 * len(self.faces)

    @cached_property
    def khmer(self) -> float:
        letters = sum(face.letters for face in self.faces)
        return sum(face.khmer for face in self.faces) / letters if letters else 0

    def by_content(self) -> ColumnRole | None:
        """Without a heading that says it."""
        if self.faces and all(face.is_part_of_day for face in self.faces):
            return ColumnRole.IGNORED
        if self.faces and sum(without_contacts(face.text) == "" for face in self.faces) > 0.6 * len(self.faces):
            return ColumnRole.IGNORED
        shares = [
            (self.lengths, ColumnRole.DURATION),
            (self.numbers, ColumnRole.NUMBER),
            (self._share(sum(face.is_whole_day for face in self.faces)), ColumnRole.DATE),
            (self._share(sum(face.is_place for face in self.faces)), ColumnRole.ROOM),
            (1.5 * self._share(sum(bool(_PERSON.match(face.text)) for face in self.faces)), ColumnRole.PEOPLE),
        ]
        share, role = max(shares, key=lambda pair: pair[0])
        if role == ColumnRole.NUMBER and self.heading:  # "Cost": under its own name
            return None
        return role if share >= 0.6 and (len(self.faces) > 1 or role == ColumnRole.DATE) else None

    @cached_property
    def names(self) -> float:
        """The share of its cells that may name who appears."""
        return self._share(sum(face.may_be_who for face in self.faces))

    @property
    def has_origins(self) -> bool:
        return self._share(sum(face.is_origin for face in self.faces)) > 0.6

    def is_translated_in(self, other: "Column") -> bool:
        """One in Khmer, one in another language, and a text in nearly every row of both."""
        if max(self.names, other.names) > 0.6:
            return False
        scripts = sorted([self.khmer, other.khmer])
        filled = sorted([len(self.slots), len(other.slots)])
        lengths = sorted([self.letters, other.letters])
        return scripts[0] < 0.3 and scripts[1] > 0.6 and filled[0] * 3 >= filled[1] * 2 and lengths[0] * 4 > lengths[1]

    def _share(self, number: float) -> float:
        return number / len(self.faces) if self.faces else 0


def columns_of(grid: Grid, lines: range, header: range, looks: Looks) -> list[Column]:
    headings = [" ".join(" / ".join(heading_texts(grid, header, at)).split()) for at in range(grid.width)]
    roles = heading_roles(headings)
    columns = []
    for at in range(grid.width):
        slots = tuple(slot for slot in grid.column(at) if slot.row in lines and slot.row not in header)
        several = [slot for slot in slots if len(grid.lines[slot.row]) > 1] or list(slots)
        faces = tuple(looks(slot.text) for slot in several[:_ENOUGH])
        named, alone = (roles[at], column_role(headings[at])) if headings[at] else (None, None)
        lowest = column_role(heading_texts(grid, header, at)[-1]) if headings[at] else None
        if lowest in (ColumnRole.START, ColumnRole.END):  # below "Time", which is merged over both
            named = lowest
        if named == ColumnRole.OTHER and ColumnRole.NUMBER in column_roles(headings[at]):  # "Item", beside "Subject"
            named = ColumnRole.NUMBER if faces and all(face.is_number for face in faces) else named
        columns.append(Column(headings[at], named, alone, slots, faces))
    return columns
