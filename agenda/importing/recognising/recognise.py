"""A document -> proposed days and sessions, and what became of each of its rows. It asks nothing of the database."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from django.utils.translation import gettext as _

from agenda.choices import Kind
from agenda.importing.reading.document import Document, Paragraph, Spot, Table
from agenda.importing.recognising import sessions
from agenda.importing.recognising.account import Answers, Became, Fate, Question, short
from agenda.importing.recognising.announced import add_announced_day, announced_hours
from agenda.importing.recognising.behind_titles import take_people_behind_titles
from agenda.importing.recognising.entries import DayMark, Entry, Event, Found
from agenda.importing.recognising.four_digits import writes_four_digits
from agenda.importing.recognising.hours import Hours, clock, later
from agenda.importing.recognising.kinds import is_part_of_day, needs_tracks, with_tracks
from agenda.importing.recognising.lists_of_names import with_single_people
from agenda.importing.recognising.looks import Looks
from agenda.importing.recognising.moments import ascii_digits
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.placing import Calendar, Placed, PlacedDay
from agenda.importing.recognising.proposal import Problem, Proposal, Proposed, ProposedDay
from agenda.importing.recognising.reading_tables import Tables
from agenda.importing.recognising.second_look import second_look
from agenda.importing.recognising.twice import without_repeats
from agenda.importing.recognising.two_languages import joined
from agenda.importing.recognising.word_breaks import WordBreaks, without_breaks
from conference.language.translated import Text

_HALF_HOUR = datetime.timedelta(minutes=30)
_USUAL_LENGTH = 2 * _HALF_HOUR
_USUAL_LENGTHS = {
    Kind.MEAL: _USUAL_LENGTH, Kind.NETWORKING: _USUAL_LENGTH, Kind.CLOSING: _HALF_HOUR, Kind.BREAK: _HALF_HOUR,
    Kind.RECAP: _HALF_HOUR, Kind.CEREMONY: _HALF_HOUR, Kind.AWARD: _HALF_HOUR, Kind.QA: _HALF_HOUR,
}  # fmt: skip
_BARE_HOUR = re.compile(r"\W{0,2}([01]?\d|2[0-3])\s+[^\W\d].*")
_FIRST_HOUR = 6  # a lower number counts the rows
_OWN_TABLE = {"Stands under", "វគ្គមេ"}


def recognise(
    document: Document,
    *,
    first_day: datetime.date,
    last_day: datetime.date | None = None,
    known: Known,
    answers: Answers | None = None,
) -> Proposal:
    if _is_own_table(document):
        said = _(
            "This is the table that this site writes for reading. Change the agenda on the pages of its days, or "
            "paste the table of your document."
        )
        return Proposal((), (), (Problem(1, said),), ())
    recogniser = _Recogniser(without_breaks(document), first_day, last_day, known, answers or {})
    return WordBreaks(document).put_back(recogniser.proposal(), sessions.MAX_LETTERS)


def _is_own_table(document: Document) -> bool:
    first = document.blocks[0] if document.blocks else None
    return isinstance(first, Table) and any(cell.text in _OWN_TABLE for row in first.rows[:1] for cell in row.cells)


class _Recogniser:
    def __init__(
        self,
        document: Document,
        first_day: datetime.date,
        last_day: datetime.date | None,
        known: Known,
        answers: Answers,
    ) -> None:
        self.document, self.known, self.answers = document, known, answers
        self.looks = Looks(first_day, four=writes_four_digits(document))
        self.calendar = Calendar(first_day, last_day, answers)
        self.hours = Hours(answers, last_day, lambda spot: announced_hours(document, spot))
        self.remarks: list[Problem] = []  # beside sessions that stay ticked

    def proposal(self) -> Proposal:
        tables = Tables(self.document, self.looks, self.known, self.answers).read()
        found = tables.found
        add_announced_day(self.document, found, self.calendar.first_day, self.calendar.last_day)
        self.calendar.place(list(self._with_set_days(found.events)))
        self.calendar.move_to_edition()
        placed = self.hours.settle(self.calendar.entries)
        of_names = take_people_behind_titles([one.entry for one in placed], self.answers, self.looks)
        refused = [(one.entry, reason) for one, reason in self.hours.refused]
        proposed = [self._session(one, found, refused) for one in placed]
        _refuse(refused, {Spot(one.block, one.row) for one in proposed if one}, found)
        by_day: dict[datetime.date, list[Proposed]] = defaultdict(list)
        for session in second_look(with_single_people(self._once(_nested(placed, proposed), found)), self.answers):
            by_day[session.date].append(session)
        nested = [sessions.with_questions(day) for day in by_day.values()]
        flat = list(chain(*nested))
        if needs_tracks(flat) and not any(one.track for one in flat):
            nested = [with_tracks(day) for day in nested]
        fates = tuple(self._fates(found))
        return Proposal(
            days=tuple(map(_day, self.calendar.days)),
            sessions=tuple(chain(*nested)),
            problems=tuple(self._problems(fates, list(chain(*nested)), [*tables.problems, *self.remarks])),
            passed_over=tuple(
                (fate.spot.row, short(self._text(fate.spot))) for fate in fates if fate.became == Became.PASSED
            ),
            fates=fates,
            layouts=tuple(tables.layouts),
            questions=tuple(self._questions([*tables.questions, *of_names])),
        )

    def _with_set_days(self, events: list[Event]) -> Iterator[Event]:
        """As staff set them: "day-BLOCK-ROW" -> the date that begins in that row."""
        dates = dict(sorted(_set_days(self.answers)))
        for event in events:
            reached = [spot for spot in dates if spot <= event.spot]
            for spot in reached:
                yield DayMark(spot, None, date=dates.pop(spot), is_restart=True)
            if not (reached and isinstance(event, DayMark) and event.day and event.spot == reached[-1]):
                yield event

    def _once(self, proposed: list[Proposed], found: Found) -> list[Proposed]:
        """An agenda that stands twice, in either language, is one; what the Khmer one says more is named."""
        once, repeated = without_repeats(proposed)
        for one in repeated:
            spot = Spot(one.block, one.row)
            found.fates[spot] = Fate(spot, Became.PASSED, _("It stands in a table above already, word for word."))
        tables = [at for at, block in enumerate(self.document.blocks) if isinstance(block, Table)]
        whole = joined(once, tables)
        kept = {id(one) for one in whole} | {(one.block, one.row) for one in whole}
        for one in once:
            if (one.block, one.row) not in kept:
                more = [person.name for person in one.people] + [one.room, one.track, one.description.en]
                there = " ".join(
                    f"{other.people}{other.room}{other.track}" for other in whole if other.date == one.date
                )
                left = " ".join(text for text in more if text and text not in there)
                found.fates[Spot(one.block, one.row)] = Fate(Spot(one.block, one.row), Became.PART, left=left)
        return whole

    def _session(self, placed: Placed, found: Found, refused: list[tuple[Entry, str]]) -> Proposed | None:
        entry: Entry = placed.entry
        session = sessions.proposed(placed, self.known)
        if reason := sessions.why_not(session):
            refused.append((entry, reason))
            return None
        if doubt := sessions.doubt_about_title(entry, session, self.looks):
            session = replace(session, doubt=f"{session.doubt} {doubt}".strip())
        if placed.has_open_end:
            session = self._with_end(session)
        if left := sessions.left_of(entry, session, self.looks):
            found.fate(entry.spot, Became.SESSION, left=left)
        return session

    def _with_end(self, session: Proposed) -> Proposed:
        """The last row of a day often has no end. Lunch and closing have a usual length; of a talk, staff say."""
        usual = session.kind in _USUAL_LENGTHS
        ends_at = later(session.starts_at, _USUAL_LENGTHS.get(session.kind, _USUAL_LENGTH))
        said = _("It says no end: taken as %(time)s.") % {"time": clock(ends_at)}
        if usual:
            self.remarks.append(Problem(session.row, said, stops=False, block=session.block))
        return replace(session, ends_at=ends_at, doubt=session.doubt if usual else f"{session.doubt} {said}".strip())

    def _questions(self, of_tables: list[Question]) -> list[Question]:
        questions = [*self.calendar.questions, *of_tables, *self.hours.questions]
        return [question for question in questions if question.choices]

    def _fates(self, found: Found) -> Iterator[Fate]:
        """One for each row of the document, in its order."""
        for at, block in enumerate(self.document.blocks):
            for row in [block] if isinstance(block, Paragraph) else block.rows:
                if not row.text:
                    continue
                spot = Spot(at, row.number)
                yield found.fates.get(spot) or Fate(spot, Became.UNREAD, _("This row was not understood."))

    def _text(self, spot: Spot) -> str:
        block = self.document.blocks[spot.block]
        if isinstance(block, Paragraph):
            return block.text
        return next((row.text for row in block.rows if row.number == spot.row), "")

    def _problems(
        self, fates: Sequence[Fate], proposed: list[Proposed], of_tables: Sequence[Problem]
    ) -> list[Problem]:
        problems = [
            *of_tables,
            *(
                Problem(fate.spot.row, fate.reason, block=fate.spot.block)
                for fate in fates
                if fate.became == Became.UNREAD
            ),
        ]
        if not proposed and not any(self.hours.refused):
            problems = [*problems, self._nothing(fates)]
        problems += [
            Problem(one.row, one.doubt, stops=False, block=one.block)
            for top in proposed
            for one in top.walk()
            if one.doubt
        ]
        if self.calendar.undated and self.calendar.last_day is None:
            said = _("No day stands above this row: taken as the first day.")
            spot = self.calendar.undated[0].entry.spot
            problems.append(Problem(spot.row, said, stops=False, block=spot.block))
        return sorted(problems, key=lambda problem: (problem.block, problem.row))

    def _nothing(self, fates: Sequence[Fate]) -> Problem:
        tables = [block for block in self.document.blocks if isinstance(block, Table)]
        cells = [cell for table in tables for row in table.rows for cell in row.cells]
        if halves := [cell for cell in cells if is_part_of_day(cell.text)]:
            said = _("“%(text)s” says no hours. Write them beside it, such as 8:30 – 12:00.")
            return Problem(fates[0].spot.row, said % {"text": short(halves[0].text)})
        texts = [ascii_digits(self._text(fate.spot)) for fate in fates]
        hours = [(found[1], text) for text in texts if (found := _BARE_HOUR.match(text))]
        if len(hours) > 1 and int(hours[0][0]) >= _FIRST_HOUR:
            said = _("If “%(text)s” begins with a time, write it so: %(hour)s:00. A number alone may be anything.")
            return Problem(fates[0].spot.row, said % {"text": short(hours[0][1]), "hour": hours[0][0]})
        quoted = "; ".join(f"{fate.spot.row}: “{short(self._text(fate.spot))}”" for fate in fates[:3])
        said = _(
            "No table was found: no row begins with a time, such as 8:30 – 9:00, and no column has times. The first "
            "rows are %(rows)s."
        )
        return Problem(fates[0].spot.row if fates else 1, said % {"rows": quoted or "–"})


def _nested(placed: list[Placed], proposed: list[Proposed | None]) -> list[Proposed]:
    """The talks that stand with their own times in the cell of a session stand under it."""
    nested: list[Proposed] = []
    for one, session in zip(placed, proposed, strict=True):
        above = nested[-1] if nested else None
        if session and above and one.entry.is_inside and (above.block, above.row) == (session.block, session.row):
            nested[-1] = replace(above, children=(*above.children, session))
        elif session:
            nested.append(session)
    return nested


def _refuse(refused: list[tuple[Entry, str]], taken: set[Spot], found: Found) -> None:
    """A row that has another session is taken; what of it is not, is named beside it."""
    for entry, reason in refused:
        for spot in [entry.spot, *entry.parts]:
            if spot in taken:
                found.fate(spot, Became.SESSION, left=f"{entry.words} ({reason})")
            else:
                found.fates[spot] = Fate(spot, Became.UNREAD, reason)


def _day(day: PlacedDay) -> ProposedDay:
    english, khmer = sessions.languages(day.lines)
    return ProposedDay(day.spot.row, day.date, Text("\n".join(english), "\n".join(khmer)), day.spot.block)


def _set_days(answers: Answers) -> Iterator[tuple[Spot, datetime.date]]:
    for key, value in answers.items():
        name, *numbers = key.split("-")
        if name == "day" and len(numbers) == 2 and all(number.isdigit() for number in numbers):
            try:
                yield Spot(int(numbers[0]), int(numbers[1])), datetime.date.fromisoformat(value)
            except ValueError:
                continue
