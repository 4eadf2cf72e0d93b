"""A chosen reading of a table -> what stands in it: days, entries, and what became of each row. Pure."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from agenda.importing.recognising.account import Answers, Became, ColumnRole, short
from agenda.importing.recognising.cells import OF_ROW, Cells
from agenda.importing.recognising.clocks import When, when_of, with_bare_hours, with_times_behind
from agenda.importing.recognising.day_headings import day_at_end, day_of_heading, is_introduction
from agenda.importing.recognising.days import WrittenDay
from agenda.importing.recognising.entries import DayMark, Entry, Found
from agenda.importing.recognising.filling import fill, go_on, take_inside, take_times_aside
from agenda.importing.recognising.grid import Slot, side_by_side
from agenda.importing.recognising.layouts import TIMES, Over, Reading
from agenda.importing.recognising.looks import Looks
from agenda.importing.recognising.people import Known

_PARALLEL = re.compile(r"(?:parallel|break-?out|track|workshop|atelier)\b[^:]{0,20}:\s*\S", re.IGNORECASE)
TOGETHER, PART = "together", "part"


class Taking:
    """Takes one reading, line by line."""

    def __init__(self, reading: Reading, looks: Looks, known: Known, answers: Answers, over: Over) -> None:
        self.reading, self.grid = reading, reading.grid
        self.looks, self.known, self.answers = looks, known, answers
        self.found = Found()
        self.entry: Entry | None = None  # to which a row without a time belongs
        self.over = over  # what a line between the rows, or the sheet, says of those below it
        self.day: DayMark | None = None  # in the line above
        whens = {at: When() if at in self.grid.mail_heads else when_of(reading, at, looks) for at in reading.body()}
        self.whens = with_times_behind(with_bare_hours(whens, reading, looks), reading, looks)
        timed = [at for at, when in self.whens.items() if when.span or when.length]
        self.first, self.last = (timed[0], timed[-1]) if timed else (reading.lines.stop, -1)
        self.cells = Cells(reading, looks, self.whens)
        self.heading_words = {tuple(slot.text for slot in self.grid.own(at)) for at in reading.header}

    def take(self) -> Found:
        for at in self.reading.lines:
            slots = self.grid.own(at)
            if slots:
                self._line(at, slots)
        return self.found

    def _line(self, at: int, slots: list[Slot]) -> None:
        day, self.day = self.day, None
        if at in self.reading.header or tuple(slot.text for slot in slots) in self.heading_words:
            self._heading(at, slots)
            return
        if at in self.grid.mail_heads:
            self.entry = None
            self._fate(at, Became.PASSED, _("The head of an e-mail: sender, date, subject."))
            return
        when = self.whens[at]
        if (
            len(slots) == 1
            and self.grid.width > 1
            and not when.span
            and self.first < at < self.last
            and (behind := self.looks(slots[0].text).timed_behind)
            and not self.looks(behind[1]).role
        ):
            when = When(behind[0], rest=(behind[1],), texts=(slots[0].text,))
        if self.reading.is_inside and any(self.looks(slot.text).timed_lines for slot in slots):
            for slot in slots:
                entries, left = self.cells.list_of(slot)
                for entry in entries:
                    self._begin(at, entry)
                self._fate(at, Became.HEADING, left=left)
        elif at < self.reading.header.start < self.reading.header.stop:
            self._between(at, slots, day)
        elif when.span or (when.length and not any(self.looks(slot.text).is_note for slot in slots)):
            self._timed(at, when, slots)
        elif len({slot.text for slot in slots}) == 1 or not self.entry or self._is_total(slots):
            self._between(at, slots, day)
        elif when.failed:
            self._failed(at, when, slots)
        else:
            self._further(at, when, slots)

    def _heading(self, at: int, slots: list[Slot]) -> None:
        """It names the columns. The heading of the times may be their day: "10 March 2027" in the corner."""
        self._fate(at, Became.HEADING)
        for slot in slots if at in self.reading.header else ():
            day = self.looks(slot.text).day
            is_alone = slot.column == slot.last_column and self.reading.roles[slot.column] in TIMES
            if day and is_alone and self.looks(slot.text).is_whole_day:
                self.found.events.append(DayMark(self.grid.spots[at], day[0]))

    def _is_total(self, slots: list[Slot]) -> bool:
        """A note beside numbers: "Total", 60; or in the column of the times."""
        faces = [self.looks(slot.text) for slot in slots]
        notes = {slot.column for face, slot in zip(faces, slots, strict=True) if face.is_note}
        is_beside = all(face.is_note or not face.is_words for face in faces)
        return bool(notes) and (is_beside or bool(notes & set(self.reading.columns(*TIMES))))

    def _fate(self, at: int, became: Became, reason: str = "", left: str = "") -> None:
        if not self.grid.is_turned:
            self.found.fate(self.grid.spots[at], became, reason, left)
            return
        for slot in self.grid.own(at):  # each is in a row of the source that may be a session too
            is_heading = became == Became.HEADING and slot.column not in self.reading.over
            face = self.looks(slot.text)
            is_known = face.role or face.has_time or face.is_whole_day
            is_left = became in (Became.PASSED, Became.UNREAD) or (is_heading and not is_known)
            self.found.fate(slot.spot, became, reason, slot.text if is_left else left)

    # Rows with a time

    def _timed(self, at: int, when: When, slots: list[Slot]) -> None:
        doubt = self._day_column(at, when)
        sessions = self.reading.columns(ColumnRole.SESSIONS)
        if not sessions:
            self._one_session(at, when, slots, doubt)
            return
        cells = side_by_side(slot for column in sessions if (slot := self.grid.lines[at].get(column)))
        beside = [slot for slot in slots if slot.column not in sessions and slot.text not in when.texts]
        if not cells:
            texts = [*when.rest, *(slot.text for slot in beside)]
            if texts and self.looks(" ".join(texts)).ends_day:
                self._fate(at, Became.PASSED, _("It says only when the day ends."))
            else:
                self._fate(at, Became.UNREAD, _("This row has a time and no title."))
            return
        others = [] if self.cells.has_several_times else when.rest
        known = {*self.reading.columns(*OF_ROW), *self.cells.people}
        left = [*others, *(slot.text for slot in beside if slot.column not in known)]
        self._fate(at, Became.HEADING, left=" ".join(left))
        for slot in cells:
            for entry in self.cells.sessions(at, slot, when, self.over) if slot.row == at else []:
                if len(cells) == 1:
                    self.cells.settle_lone(entry, slot)
                self._begin_or_end(at, entry)

    def _one_session(self, at: int, when: When, slots: list[Slot], doubt: str) -> None:
        """Its title, and what the other columns say."""
        entry = Entry(self.grid.spots[at], when.span, when.length, when.day)
        entry.doubts += [doubt] if doubt else []
        entry.room, entry.track = self.over.room, self.over.track
        left = fill(entry, self.reading, at, when, self.looks, self.over)
        if self.grid.is_turned:
            entry.spot = next((slot.spot for slot in slots if slot.text not in when.texts), entry.spot)
        if self._goes_on_above(at, slots, when):
            return
        if any(
            self.looks(line.strip(" /&,;+")).timed and line not in (one.text for one in slots) for line in when.rest
        ):
            entry.doubts.append(_("Two times stand in this row."))
        if len(slots) == 1 and self._lasts_over_those_below(at, when):
            entry.doubts.append(_("It lasts over the sessions below it: it may be their heading."))
        self._begin_or_end(at, entry, left)

    def _begin_or_end(self, at: int, entry: Entry, left: str = "") -> None:
        """A session, unless it says only when the one above ends."""
        text = " ".join([*entry.lines, *entry.khmer])
        is_bare = not (text or left or entry.description or entry.people)
        is_bare_end = is_bare and self.entry and at == self.reading.lines[-1]
        is_departure = at == self.last and self.looks(text).is_departure and entry.span and not entry.span.ends_at
        if is_bare_end or is_departure or (text and self.looks(text).ends_day):
            entry.is_end = True
            self.found.events.append(entry)
            self.found.fate(entry.spot, Became.PASSED, _("It says only when the day ends."))
        else:
            self._begin(at, entry, left)

    def _begin(self, at: int, entry: Entry, left: str = "") -> None:
        if not entry.lines and not entry.khmer:
            self._title_elsewhere(entry)
        take_times_aside(entry)
        inside = take_inside(entry, self.looks)
        self.entry = entry
        self.found.events += [entry, *inside]
        self.found.fate(entry.spot, Became.SESSION, left=left)

    def _title_elsewhere(self, entry: Entry) -> None:
        """The column of the titles is empty: what stands in another is the title, and staff look at it."""
        for texts in (entry.description, entry.people):
            if texts:
                if not self.looks(texts[0]).is_words or self.looks(texts[0].partition(":")[0]).role:
                    continue
                entry.lines = [texts.pop(0)]
                entry.doubts.append(
                    _("The column of the titles is empty here: the title is taken from another column.")
                )
                return

    def _lasts_over_those_below(self, at: int, when: When) -> bool:
        """A line over all columns, such as "Session 1: Data (9:00 – 10:30)", with two and more talks in its time."""
        if self.grid.width == 1 or not when.span or not when.span.ends_at:
            return False
        below = [
            self.whens[line].span for line in range(at + 1, min(at + 3, self.reading.lines.stop)) if line in self.whens
        ]
        first, last = when.span.starts_at, when.span.ends_at
        return len(below) == 2 and all(span and first <= span.starts_at < last for span in below)

    def _goes_on_above(self, at: int, slots: list[Slot], when: When) -> bool:
        """The title is merged over two rows with times: one session, which lasts until the end of the second."""
        titles = self.reading.columns(ColumnRole.TITLE, ColumnRole.TITLE_EN)
        above = [slot for column in titles if (slot := self.grid.lines[at].get(column)) and slot.row < at]
        if not above or not self.entry or not self.entry.span or not when.span:
            return False
        if any(slot.text not in when.texts for slot in slots):
            return False
        self.entry.span = replace(self.entry.span, ends_at=when.span.ends_at)
        self.entry.parts.append(self.grid.spots[at])
        self._fate(at, Became.PART)
        return True

    def _day_column(self, at: int, when: When) -> str:
        """Begins the day of the row, or says why it cannot. Of "Start date" and "End date" it is the first."""
        day: WrittenDay | None = None
        doubt = ""
        for column in self.reading.columns(ColumnRole.DATE):
            slot = self.grid.lines[at].get(column)
            if slot is None or slot.row < at:
                continue
            face = self.looks(slot.text)
            found = face.day or (self.looks(f"Day {slot.text}").day if face.is_number else None)
            if found and day:
                self._fate(at, Became.DAY, left=found[1] if found[0] == day else slot.text)
            elif found:
                day = found[0]
                self.found.events.append(DayMark(self.grid.spots[at], found[0]))
                self._fate(at, Became.DAY, left=found[1])
            else:
                doubt = _("“%(text)s” is no day that can be read.") % {"text": short(slot.text)}
                self._fate(at, Became.UNREAD, doubt, left=slot.text)
        return doubt

    # Rows without a time

    def _between(self, at: int, slots: list[Slot], day: DayMark | None) -> None:
        """A line that belongs to no session: a day, a part of the day, a note; or a line of a text that goes on."""
        face = self.looks("\n".join(dict.fromkeys(slot.text for slot in slots)))
        first = self.looks(slots[0].text)
        found = day_of_heading(first)
        is_above_time = self.whens.get(at + 1, When()).span is not None
        may_be_day = len(slots) == 1 and (self.grid.width > 1 or is_above_time)
        named = day_at_end(first) if may_be_day and not found else None
        if found and first.day:
            self._begin_day(at, found, slots)
        elif found:  # "Agenda for 10 March – draft 3": what stands behind it is not published
            self._begin_day(at, (found[0], ""), slots, left=found[1])
        elif named:
            self._begin_day(at, (named[0], ""), slots, left=named[1])
        elif face.is_part_of_day:
            self.entry = None
            self._fate(at, Became.PASSED, _("It names a part of the day."))
        elif face.ends_day:
            self._fate(at, Became.PASSED, _("It says only when the day ends."))
        elif self._is_total(slots) or (face.is_note and not (self.entry and self._is_beside(slots))):
            self.entry = None
            self._fate(at, Became.PASSED, _("A note, which belongs to no session."))
        elif self.entry and self.entry.lines and self.grid.is_wrapped(at):
            self.entry.lines[-1] += f" {face.text}"
            self.entry.parts.append(self.grid.spots[at])
            self._fate(at, Became.PART)
        elif self.entry and face.is_place and self._ends_block(at):
            self._further(at, self.whens[at], slots)
        elif self.entry and (face.is_place or face.is_track) and self._may_be_of_the_above(at):
            said = _("Row %(row)s has no time of its own: it is taken as a part of this session.")
            self.entry.doubts.append(said % {"row": self.grid.spots[at].row})
            self._further(at, self.whens[at], slots)
        elif (
            len(slots) == 1
            and (face.is_place or face.is_track)
            and (at < self.first or (at < self.last and not self._is_beside(slots)))
        ):
            self.over = Over(room=face.text) if face.is_place else Over(track=face.text)
            self.found.events.append(DayMark(self.grid.spots[at], None, is_restart=True))
            self.entry = None
            self._fate(at, Became.HEADING)
        elif self.entry and self._continues(at, slots):
            self._further(at, self.whens[at], slots)
        elif day and len(slots) == 1 and not self.grid.after_gap(at) and is_introduction(face, is_below=True):
            day.lines += face.text.split("\n")
            self.day = day
            self._fate(at, Became.DAY)
        else:
            self._stray(at, slots)

    def _ends_block(self, at: int) -> bool:
        """A session in each block of lines, an empty line between two: the place at the end is that of the block."""
        if self.grid.width > 1 or self.grid.after_gap(at) or not self.entry:
            return False
        begins = next((line for line in range(at, -1, -1) if self.whens.get(line, When()).span), at)
        is_alone = begins == self.first or self.grid.after_gap(begins)
        return is_alone and (at + 1 == self.reading.lines.stop or self.grid.after_gap(at + 1))

    def _may_be_of_the_above(self, at: int) -> bool:
        """The place in a text without columns, right below a session: that of those below would begin anew."""
        below = next(
            (when.span for line in range(at + 1, self.last + 1) if (when := self.whens.get(line)) and when.span), None
        )
        above = self.entry.span if self.entry else None
        is_close = self.grid.width == 1 and not self.grid.after_gap(at)
        return bool(is_close and above and below and below.starts_at > above.starts_at)

    def _begin_day(self, at: int, found: tuple[WrittenDay, str], slots: list[Slot], left: str = "") -> None:
        lines = [line for line in found[1].split("\n") if line]
        intro = [line for line in lines if is_introduction(self.looks(line))]
        further = [line for line in lines if line not in intro] + [slot.text for slot in slots[1:]]
        self.day = DayMark(self.grid.spots[at], found[0], intro)
        self.found.events.append(self.day)
        place = next((line for line in further if len(lines) == 1 and self.looks(line.strip("() ")).is_place), "")
        further = [line for line in further if line != place]
        self.entry, self.over = None, Over(room=place.strip("() "))
        self._fate(at, Became.DAY, left=" ".join(filter(None, [left, *further])))

    def _is_beside(self, slots: list[Slot]) -> bool:
        """It stands in the column of the texts, beside an empty time."""
        return self.grid.width > 1 and slots[0].column > 0 and slots[0].column not in self.reading.columns(*TIMES)

    def _continues(self, at: int, slots: list[Slot]) -> bool:
        if self.entry and not (self.entry.lines or self.entry.khmer):
            return True
        if self.grid.width == 1:
            return not self.grid.after_gap(at)
        return self._is_beside(slots)

    def _stray(self, at: int, slots: list[Slot]) -> None:
        header = self.reading.header
        if self.last < 0:
            self._fate(at, Became.PASSED, _("No time stands in this row."))
        elif at < self.first and not (len(header) and at >= header.stop):
            self._fate(at, Became.PASSED, _("It stands above the agenda."))
        elif at > self.last and not self._is_beside(slots):
            self.entry = None
            self._fate(at, Became.PASSED, _("It stands below the agenda and has no time."))
        else:
            self.entry = None
            when = self.whens.get(at)
            said = _("No time stands in this row.")
            if when and when.failed and len(slots) > 1:
                said = _("“%(text)s” is no time that can be read.") % {"text": short(when.texts[0])}
            self._unread(at, said)

    def _failed(self, at: int, when: When, slots: list[Slot]) -> None:
        """A text where the time should stand."""
        face = self.looks(when.texts[0])
        if face.day:
            self._between(at, slots, None)
            return
        self.entry = None
        self._unread(at, _("“%(text)s” is no time that can be read.") % {"text": short(face.text)})

    def _unread(self, at: int, reason: str) -> None:
        is_heading = len(self.grid.own(at)) == 1 and self.grid.width > 1 and self.grid.begins(at, 0)
        if self.found.entries and not is_heading:
            self.found.entries[-1].is_above_unread = True
        self._fate(at, Became.UNREAD, reason)

    def _further(self, at: int, when: When, slots: list[Slot]) -> None:
        """A row below a session, without a time of its own: a part of it, or another session at the same time."""
        above = self.entry
        dated = (self.grid.text(at, one) for one in self.reading.columns(ColumnRole.DATE) if self.grid.begins(at, one))
        if above is None or any(self.looks(text).day for text in dated):  # a day of its own: no part of another
            self.entry = None
            self._stray(at, slots)
            return
        if self.reading.columns(ColumnRole.SESSIONS):
            self._further_cells(at, slots)
            return
        fresh = Entry(self.grid.spots[at], above.span, above.length, above.day)
        fresh.room, fresh.track = self.over.room, self.over.track
        left = fill(fresh, self.reading, at, when, self.looks, self.over)
        question = f"together-{self.grid.spots[at].block}"
        said = self.answers.get(question)
        is_other_place = bool(fresh.lines) and any(
            getattr(fresh, name) and getattr(above, name) not in ("", getattr(fresh, name))
            for name in ("room", "track")
        )
        are_parallel = when.is_merged and all(_PARALLEL.match(" ".join(one.lines)) for one in (above, fresh))
        if (fresh.lines or fresh.khmer) and (is_other_place or are_parallel or said == TOGETHER):
            self._begin(at, fresh, left)
            return
        if self._is_unclear(fresh, when) and said != PART:
            self.found.doubtful_rows.setdefault(question, []).append(fresh)
            words = {"row": self.grid.spots[at].row}
            above.doubts.append(
                _("Row %(row)s has no time of its own: is it a part of this session, or another at the same time?")
                % words
            )
        go_on(above, fresh)
        lost = [text for text in (fresh.room, fresh.track) if text and text not in (above.room, above.track)]
        self._fate(at, Became.PART, left=" ".join([left, *lost]).strip())
        above.parts.append(self.grid.spots[at])

    def _further_cells(self, at: int, slots: list[Slot]) -> None:
        """In a grid: each cell goes on with the session above it, and staff look whether it does."""
        for slot in slots:
            above = next((one for one in reversed(self.found.entries) if one.column == slot.column), None)
            if above is None or self.reading.roles[slot.column] != ColumnRole.SESSIONS:
                self.found.fate(slot.spot, Became.UNREAD, _("No time stands in this row."), left=slot.text)
                continue
            above.lines += slot.text.split("\n")
            above.parts.append(slot.spot)
            words = {"row": slot.spot.row}
            above.doubts.append(
                _("Row %(row)s has no time of its own: it is taken as a part of this session.") % words
            )
            self.found.fate(slot.spot, Became.PART)

    def _is_unclear(self, fresh: Entry, when: When) -> bool:
        if not fresh.lines and not fresh.khmer:
            return False
        if all(self.known.alone(line) for line in fresh.lines):
            return False
        return when.is_merged or bool(fresh.people) or bool(fresh.room)
