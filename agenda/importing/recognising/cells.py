"""The cells of a grid, each a session of the day, room or track over its column. Pure."""

import re
from dataclasses import replace
from functools import cached_property

from django.utils.translation import gettext as _

from agenda.choices import MINOR_KINDS, PAUSES, Kind
from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.clocks import When, time_columns, when_of
from agenda.importing.recognising.entries import Entry
from agenda.importing.recognising.filling import put
from agenda.importing.recognising.grid import Slot
from agenda.importing.recognising.kinds import kind_of
from agenda.importing.recognising.layouts import TIMES, Over, Reading
from agenda.importing.recognising.looks import Looks
from agenda.importing.recognising.moments import Span

# What a column says of all sessions in its row of a grid.
OF_ROW = (ColumnRole.ROOM, ColumnRole.TRACK, ColumnRole.LANGUAGE, ColumnRole.NUMBER, ColumnRole.DATE)

_FOR_EVERYONE = PAUSES | {Kind.REGISTRATION, Kind.NETWORKING}
_FOR_ALL = re.compile(
    r"\b(?:plenary|opening|closing|welcome|everyone|all participants|joint|plénière|ouverture|clôture)\b|"
    r"ពេញអង្គ|បើក(?:កម្មវិធី|សន្និសីទ|សិក្ខាសាលា)|ពិធី",
    re.IGNORECASE,
)


class Cells:
    def __init__(self, reading: Reading, looks: Looks, whens: dict[int, When]) -> None:
        self.reading, self.grid = reading, reading.grid
        self.looks, self.whens = looks, whens
        last = max(reading.columns(ColumnRole.SESSIONS), default=0)
        # Who appears, where each column of sessions has a column of people behind it.
        sessions, people = reading.columns(ColumnRole.SESSIONS), reading.columns(ColumnRole.PEOPLE)
        self.people = people if people == [column + 1 for column in sessions] else []
        # Two days may stand side by side, each with a column of its own for the time.
        self.has_several_times = len(time_columns(reading, last)) < len(reading.columns(*TIMES))

    def _when(self, at: int, column: int) -> When:
        """The time of a cell, where several columns have times."""
        if self.has_several_times and at in self.whens:
            return when_of(self.reading, at, self.looks, time_columns(self.reading, column))
        return self.whens.get(at, When())

    def sessions(self, at: int, slot: Slot, when: When, above: Over) -> list[Entry]:
        """One session; or one on each day over which the cell is merged."""
        when = self._when(at, slot.column) if self.has_several_times else when
        columns = [column for column in range(slot.column, slot.last_column + 1) if column in self.reading.over]
        overs = [self.reading.over[column] for column in columns] or [Over()]
        entries = []
        for day in dict.fromkeys(over.day for over in overs):
            entry = Entry(slot.spot, self._until(slot, when), when.length, day or when.day, column=slot.column)
            entry.lines = slot.text.split("\n")
            for column in self.reading.columns(*OF_ROW):
                put(entry, self.reading, column, self.grid.text(at, column), when, self.looks, above)
            who = self.grid.lines[at].get(slot.last_column + 1) if slot.last_column + 1 in self.people else None
            if who and who.row == at:
                put(entry, self.reading, slot.last_column + 1, who.text, when, self.looks, above)
            self._place(entry, [over for over in overs if over.day == day])
            entries.append(entry)
        return entries

    def list_of(self, slot: Slot) -> tuple[list[Entry], str]:
        """The sessions of a cell that holds their times itself, and the lines above the first of them."""
        over, entries, left = self.reading.over.get(slot.column), list[Entry](), []
        for line in slot.text.split("\n"):
            timed = self.looks(line).timed if over else None
            if timed and over:
                entry = Entry(slot.spot, timed[0], None, over.day, column=slot.column)
                entry.lines = [timed[1]] if timed[1] else []
                self._place(entry, [over])
                entries.append(entry)
            elif entries:
                entries[-1].lines.append(line)
            elif not self.looks(line).is_part_of_day:
                left.append(line)
        return entries, " ".join(left)

    def _place(self, entry: Entry, overs: list[Over]) -> None:
        """What is merged over all rooms is for everyone; over some of them, it names them."""
        said = [over != Over() for over in self.reading.over.values()]
        if any(said) and not all(said):
            entry.doubts.append(
                _("A heading is missing over a column of this table: they may stand one too far left.")
            )
        everywhere = [over for over in self.reading.over.values() if over.day == overs[0].day]
        for name in ("room", "track"):
            names = list(dict.fromkeys(getattr(over, name) for over in overs if getattr(over, name)))
            if len(names) == 1:
                setattr(entry, name, names[0])
            elif names and len(overs) < len(everywhere):
                entry.description.append(", ".join(names))

    def settle_lone(self, entry: Entry, slot: Slot) -> None:
        """The only cell of a row, in the first column: on its way a table loses which cells were merged over all."""
        if slot not in self._lone:
            return
        kind = kind_of("", entry.lines[0])
        if kind in _FOR_EVERYONE:
            entry.room = entry.track = ""
        elif self._are_merges_lost and (kind in MINOR_KINDS | {Kind.OTHER, Kind.AWARD} or _FOR_ALL.search(slot.text)):
            entry.doubts.append(_("Only the first column says something in this row: it may be for all of them."))

    @cached_property
    def _lone(self) -> set[Slot]:
        """None where a cell is merged over several columns: then each stands where it is meant."""
        columns = self.reading.columns(ColumnRole.SESSIONS)
        places = {(over.room, over.track) for over in self.reading.over.values()}
        rows = [[slot for slot in self.grid.own(at) if slot.column in columns] for at in self.reading.body()]
        is_merged = any(slot.last_column > slot.column for row in rows for slot in row)
        if is_merged or len(places) < 2:
            return set()
        return {row[0] for row in rows if len(row) == 1 and row[0].column == columns[0]}

    @cached_property
    def _are_merges_lost(self) -> bool:
        return any(kind_of("", slot.text) in _FOR_EVERYONE for slot in self._lone)

    def _until(self, slot: Slot, when: When) -> Span | None:
        """A cell that is merged over several lines lasts until the end of the last one."""
        if not when.span or (slot.last_row == slot.row and when.span.ends_at):
            return when.span
        last = self._when(slot.last_row, slot.column)
        ends = last.span.ends_at if last.span else None
        if ends is None:
            rows = [at for at in self.whens if at > slot.last_row]
            later = (self._when(at, slot.column).span for at in rows)
            following = next((span for span in later if span), None)
            is_later = following and following.starts_at > when.span.starts_at  # not the morning of the next day
            ends = following.starts_at if following and is_later else None
        return replace(when.span, ends_at=ends)
