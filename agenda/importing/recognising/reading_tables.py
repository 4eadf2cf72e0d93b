"""A document -> what is found in it, block by block; each table in the reading that explains it best. Pure."""

from dataclasses import dataclass, field, replace
from pathlib import PurePath

from django.utils.translation import gettext as _

from agenda.importing.reading.document import Document, Paragraph, Spot, Table
from agenda.importing.recognising.account import Answers, Became, Choice, ColumnRole, Fate, Layout, Question, short
from agenda.importing.recognising.beside import Part, parts_of
from agenda.importing.recognising.candidates import candidates
from agenda.importing.recognising.day_headings import day_of_heading
from agenda.importing.recognising.entries import DayMark, Entry, Event, Found
from agenda.importing.recognising.grid import Grid
from agenda.importing.recognising.labelled import labelled, lines_of_facts
from agenda.importing.recognising.layouts import TITLES, Over, Reading, sections
from agenda.importing.recognising.looks import Looks
from agenda.importing.recognising.names_over import settle_names
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.proposal import Problem
from agenda.importing.recognising.scoring import NEAR, Scored, score
from agenda.importing.recognising.taking import PART, TOGETHER, Taking


@dataclass
class Tables:
    """What is found as far as the document was read."""

    document: Document
    looks: Looks
    known: Known
    answers: Answers
    found: Found = field(default_factory=Found)
    layouts: list[Layout] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    over: Over = field(default_factory=Over)  # what the sheet, or the line above the table, says of it
    named: Reading | None = None  # the last one that has headings
    _lines: list[tuple[int, Paragraph]] = field(default_factory=list)

    def read(self) -> "Tables":
        part: tuple[str, str] | None = None
        for at, block in enumerate(self.document.blocks):
            if isinstance(block, Table) and (facts := lines_of_facts(block)):
                self._lines += [(at, fact) for fact in facts]
                continue
            if (block.file, block.part) != part:
                self._paragraphs()
                part = block.file, block.part
                self._begin_part(at, block)
            if isinstance(block, Paragraph):
                self._lines.append((at, block))
            else:
                self._paragraphs()
                self._table(at, block)
        self._paragraphs()
        self._lone_lines()
        return self

    def _begin_part(self, at: int, block: Table | Paragraph) -> None:
        """A sheet or a file may be a day, a room or a track, by its name."""
        first = block.number if isinstance(block, Paragraph) else min((row.number for row in block.rows), default=1)
        if not (at and isinstance(self.document.blocks[at - 1], Paragraph)):  # a line above may say where it is
            self.over = Over()
        mark = DayMark(Spot(at, first), None, is_restart=at > 0)
        for name in (PurePath(block.file).stem.replace("_", " "), block.part):
            face = self.looks(name)
            day = day_of_heading(face) if name else None
            if day:
                mark.day = day[0]
            elif face.is_place:
                self.over = Over(room=name)
            elif face.is_track:
                self.over = Over(track=name)
        self.found.events.append(mark)

    def _paragraphs(self) -> None:
        if not self._lines:
            return
        grid, blocks = Grid.of_paragraphs(self._lines), labelled(self._lines)
        self._lines = []
        whole = range(len(grid.lines))
        reading = Reading(grid, whole, range(0), (ColumnRole.TIME,) * max(grid.width, 1), ("",) * max(grid.width, 1))
        found = Taking(blocks[0] if blocks else reading, self.looks, self.known, self.answers, self.over).take()
        for spot in blocks[1] if blocks else ():
            found.fate(spot, Became.PART)
        self._add(found)
        self.over = self._place_of_last(grid)

    def _place_of_last(self, grid: Grid) -> Over:
        """The line right above a table may name its room or track."""
        slots = grid.own(len(grid.lines) - 1)
        face = self.looks(slots[0].text) if slots else None
        if face and face.day and self.looks(behind := face.day[1].strip("() ")).is_place:
            return Over(room=behind)  # "Tuesday 2 February, Room 305"
        if not face or not (face.is_place or face.is_track):
            return self.over
        self.found.fates[slots[0].spot] = Fate(slots[0].spot, Became.HEADING)
        return Over(room=face.text) if face.is_place else Over(track=face.text)

    def _table(self, at: int, table: Table) -> None:
        over, layouts, parts = self.over, self.layouts, parts_of(table, self.looks)
        for part in parts:
            self.over, self.layouts = over, []
            self._part(at, part)
            for row in part.rows_above:
                self.found.fates[Spot(at, row)] = Fate(Spot(at, row), Became.HEADING)
            layouts = _side_by_side(layouts, self.layouts) if part is not parts[0] else layouts + self.layouts
        self.over, self.layouts = Over(), layouts

    def _part(self, at: int, part: Part) -> None:
        grid = Grid.of(part.table, at)
        before = len(self.found.events)
        fixed = self._fixed(at)
        mark = DayMark(grid.spots[0], None, is_restart=True) if grid.spots else None
        if mark and self.found.entries:
            self.found.events.append(mark)
        for lines in sections(grid, self.looks):
            scored = self._scored(grid, lines, fixed)
            if scored:
                key = f"layout-{at}" if lines.start == 0 else f"layout-{at}-{grid.spots[lines.start].row}"
                self._settle(at, key, scored)
        for entry in self.found.events[before:]:
            if isinstance(entry, Entry):
                part.settle(entry)

    def _fixed(self, block: int) -> dict[int, ColumnRole]:
        fixed = {}
        for key, value in self.answers.items():
            start, _sep, column = key.rpartition("-")
            if start == f"column-{block}" and column.isdigit() and value in set(ColumnRole):
                fixed[int(column)] = ColumnRole(value)
        return fixed

    def _scored(self, grid: Grid, lines: range, fixed: dict[int, ColumnRole]) -> list[Scored]:
        scored = []
        for reading in candidates(grid, lines, self.looks, fixed, self.named):
            found = Taking(reading, self.looks, self.known, self.answers, self.over).take()
            scored.append(Scored(reading, found, score(reading, found, self.looks)))
        return sorted(scored, key=lambda one: one.score, reverse=True)

    def _settle(self, block: int, key: str, scored: list[Scored]) -> None:
        best = scored[0]
        other = next((one for one in scored[1:] if one.name != best.name and one.found.entries), None)
        said = next((one for one in scored if one.name == self.answers.get(key)), None)
        if other and best.found.entries and (said or best.score - other.score < NEAR):
            self.questions.append(_which_layout(key, best, other, said))
            if not said:
                for entry in best.found.entries:
                    entry.doubts.append(_("It is open how the columns of this table are meant."))
        chosen = said or best
        reading = chosen.reading
        if question := settle_names(f"over-{key}", reading, chosen.found.entries, self.answers):
            self.questions.append(question)
        if any(reading.headings):
            self.named = reading
        if chosen.found.entries and not reading.grid.is_turned:
            header = reading.grid.spots[reading.header.start].row if len(reading.header) else None
            self.layouts.append(Layout(block, reading.roles, reading.headings, header))
            self._say_ignored(block, reading)
        self._add(chosen.found)
        if not any(entry.lines or entry.khmer for entry in chosen.found.entries):
            self._facts(reading)
            self._say_missing(reading)

    def _facts(self, reading: Reading) -> None:
        """A table of facts about the event may say its day: "Date", beside it "10 March 2027"."""
        for at in reading.lines:
            faces = [self.looks(slot.text) for slot in reading.grid.own(at)]
            day = next((face.day for face in faces if face.is_whole_day), None)
            if day and len(faces) == 2 and faces[0].role == ColumnRole.DATE:
                spot = reading.grid.spots[at]
                self.found.events.append(DayMark(spot, day[0]))
                self.found.fates[spot] = Fate(spot, Became.DAY)

    def _say_ignored(self, block: int, reading: Reading) -> None:
        for column in reading.columns(ColumnRole.IGNORED):
            slots = reading.grid.column(column)
            are_filled = any(slot.row in reading.lines and slot.row not in reading.header for slot in slots)
            is_private = self.looks(reading.headings[column]).role == ColumnRole.IGNORED
            is_unsaid = f"column-{block}-{column}" not in self.answers
            if is_unsaid and slots and reading.headings[column] and (is_private or are_filled):
                said = _(
                    "The column “%(heading)s” is not taken: it is not for the public pages. If it is, choose over the "
                    "column what stands in it."
                )
                text = said % {"heading": short(reading.headings[column])}
                self.problems.append(Problem(reading.grid.spots[reading.header.start].row, text, False, block))

    def _say_missing(self, reading: Reading) -> None:
        """A table whose headings name no time, or no title."""
        named = [role for text, role in zip(reading.headings, reading.roles, strict=True) if self.looks(text).role]
        spot = reading.grid.spots[reading.header.start] if named else None
        there = self.found.fates.get(spot) if spot else None
        if spot is None or there is None or there.became == Became.DAY:
            return
        if not reading.columns(ColumnRole.TIME, ColumnRole.START, ColumnRole.DURATION):
            self.found.fates[spot] = Fate(spot, Became.UNREAD, _("The table has no column for the time."))
        elif not reading.columns(*TITLES):
            self.found.fates[spot] = Fate(spot, Became.UNREAD, _("The table has no column for the title."))

    def _add(self, found: Found) -> None:
        self.found.events += found.events
        for spot, fate in found.fates.items():
            self.found.fate(spot, fate.became, fate.reason, fate.left)
        for key, rows in found.doubtful_rows.items():
            self.questions.append(
                Question(
                    key,
                    _("Row %(row)s and others like it have no time of their own. What are they?")
                    % {"row": rows[0].spot.row},
                    (
                        Choice(TOGETHER, _("sessions at the same time as the one above"), _titles(rows)),
                        Choice(PART, _("a part of the session above"), _titles(rows)),
                    ),
                )
            )

    def _lone_lines(self) -> None:
        """One line with a time outside the tables, such as "8:30 – 17:00, Main Hall", is no session beside theirs."""
        is_line = {
            entry.spot: isinstance(self.document.blocks[entry.spot.block], Paragraph) for entry in self.found.entries
        }
        lines = [spot for spot, outside in is_line.items() if outside]
        if len(lines) == 1 and len(is_line) > 2:
            events: list[Event] = [event for event in self.found.events if event.spot != lines[0]]
            self.found.events = events
            self.found.fates.pop(lines[0])
            self.found.fate(lines[0], Became.UNREAD, _("It begins with a time, but stands outside the tables."))


def _side_by_side(layouts: list[Layout], beside: list[Layout]) -> list[Layout]:
    """With the columns of a part that stands to the right of the last one: one layout, as the source is one table."""
    if not layouts or not beside or layouts[-1].block != beside[-1].block:
        return layouts + beside
    left, right = layouts[-1], beside[-1]
    width = len(left.columns)
    both = replace(left, columns=left.columns + right.columns[width:], headings=left.headings + right.headings[width:])
    return [*layouts[:-1], both]


def _titles(entries: list[Entry], most: int = 3) -> tuple[str, ...]:
    lines = []
    for entry in entries[:most]:
        time = f"{entry.span.starts_at.hour}:{entry.span.starts_at:%M} " if entry.span else ""
        place = f" ({entry.room or entry.track})" if entry.room or entry.track else ""
        lines.append(short(f"{time}{' '.join([*entry.lines, *entry.khmer][:1])}{place}"))
    return tuple(lines)


def _which_layout(key: str, best: Scored, other: Scored, said: Scored | None) -> Question:
    labels = {
        "rows": _("a session in each row; the other columns say more about it"),
        "rows-left": _("a session in each row; its title is the short text further left"),
        "grid": _("a session in each cell; the columns run at the same time"),
        "cells": _("a session in each line of a cell that begins with a time"),
        "rows-turned": _("a session in each column"),
        "cells-turned": _("a session in each line of a cell that begins with a time"),
        "grid-turned": _("a session in each cell; the rows run at the same time"),
    }
    choices = tuple(Choice(one.name, labels[one.name], _titles(one.found.entries, 4)) for one in (best, other))
    row = best.reading.grid.spots[
        best.reading.header.start if len(best.reading.header) else best.reading.lines.start
    ].row
    text = _("How is the table with row %(row)s meant?") % {"row": row}
    return Question(key, text, choices, said.name if said else "", said is not None)
