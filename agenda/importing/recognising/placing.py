"""Puts what was found on dates and into hours. What is not certain becomes a doubt or a question. Pure."""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from agenda.importing.reading.document import Spot
from agenda.importing.recognising.account import Answers, Choice, Question
from agenda.importing.recognising.days import WrittenDay
from agenda.importing.recognising.entries import DayMark, Entry, Event
from conference import words

DAY_FIRST, MONTH_FIRST = "day", "month"
AS_WRITTEN, AS_DAYS = "written", "edition"
NEXT_DAY, SAME_DAY, SAME_EVENING = "next", "same", "evening"
_ONE = datetime.timedelta(days=1)
_WEEK = datetime.timedelta(days=7)


@dataclass
class Placed:
    entry: Entry
    date: datetime.date
    is_dated: bool = False  # its own row says the day
    is_restart: bool = False  # another table, sheet or place begins here
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    has_open_end: bool = False  # nothing says when it ends
    is_night: bool = False  # it begins after midnight, below an evening


@dataclass
class PlacedDay:
    spot: Spot
    date: datetime.date
    lines: list[str]


@dataclass
class Calendar:
    """The days of a document, for an edition. `last_day` is None where it is not known."""

    first_day: datetime.date
    last_day: datetime.date | None
    answers: Answers
    questions: list[Question] = field(default_factory=list)
    entries: list[Placed] = field(default_factory=list)
    days: list[PlacedDay] = field(default_factory=list)
    undated: list[Placed] = field(default_factory=list)  # above every day
    _takes_month_first: bool = False

    def place(self, events: list[Event]) -> None:
        self._month_order(events)
        date: datetime.date | None = None
        is_dated = is_restart = False
        row: Spot | None = None
        above: WrittenDay | None = None
        for event in events:
            if isinstance(event, DayMark):
                is_restart |= event.is_restart
                above = event.day if event.day or event.date else above
                found = event.date or (self._date(event.day) if event.day else None)
                if found:
                    if found != date or event.lines:
                        self.days.append(PlacedDay(event.spot, found, event.lines))
                    is_restart |= found != date
                    date, row = found, event.spot
            else:
                here = date = self._date(event.day) if event.day else date  # it holds for rows below that say none
                is_dated = event.day is not None or event.spot == row
                placed = Placed(event, here or self.first_day, is_dated, is_restart)
                self.entries.append(placed)
                day = event.day or above
                if day and day.differs(self.first_day) and not self._takes_month_first:  # "Monday, 27 March"
                    event.doubts.append(_("The weekday above is not that of its date: which of the two is meant?"))
                if here is None:
                    self.undated.append(placed)
                is_restart = False
        self._say_no_day()

    def _date(self, day: WrittenDay) -> datetime.date | None:
        other = day.month_first(self.first_day)
        date = day.on(self.first_day)
        return other if other and self._takes_month_first else date

    # 03/02/2027

    def _month_order(self, events: list[Event]) -> None:
        days = [event.day for event in events if event.day]
        pairs = [(day.on(self.first_day), day.month_first(self.first_day)) for day in days]
        opened = [(one, other) for one, other in pairs if one and other and one != other]
        if not opened:
            return
        said = self.answers.get("month-order")
        settled = said or self._settled(opened, [one for one, other in pairs if one and not other])
        self._takes_month_first = settled == MONTH_FIRST
        if said or not settled:
            outcome = [sorted(dict.fromkeys(side))[:3] for side in zip(*opened, strict=True)]
            self.questions.append(
                Question(
                    "month-order",
                    _("The dates can be read in two ways. Which number is the month?"),
                    (
                        Choice(
                            DAY_FIRST, _("the second: the day stands first"), tuple(map(words.date_only, outcome[0]))
                        ),
                        Choice(MONTH_FIRST, _("the first"), tuple(map(words.date_only, outcome[1]))),
                    ),
                    said or "",
                    answered=bool(said),
                )
            )
        if not settled:
            text = _("It is open which number of its date is the month.")
            on: WrittenDay | None = None
            for event in events:
                if isinstance(event, DayMark):
                    on = event.day or on
                elif any(day and day.month_first(self.first_day) for day in (event.day, on)):
                    event.doubts.append(text)

    def _settled(self, opened: list[tuple[datetime.date, datetime.date]], others: list[datetime.date]) -> str:
        """By the days of the edition, by the other dates of the document, or by how far apart they would lie."""
        last_day = self.last_day
        sides = list(zip(*opened, strict=True))
        whole = [{*side, *others} for side in sides]
        in_edition = [
            last_day is not None and all(self.first_day <= one <= last_day for one in side) for side in sides
        ]
        for fitting in (in_edition, [len(dates) > 1 and max(dates) - min(dates) <= _WEEK for dates in whole]):
            if fitting in ([True, False], [False, True]):
                return DAY_FIRST if fitting[0] else MONTH_FIRST
        return ""

    # No day, other days

    def _say_no_day(self) -> None:
        if not self.undated or self.last_day == self.first_day:
            return
        key, said = "first-day", self.answers.get("first-day", "")
        choices = []
        for at in range(min(((self.last_day or self.first_day) - self.first_day).days + 1, 14)):
            date = self.first_day + at * _ONE
            choices.append(Choice(date.isoformat(), words.date_only(date)))
        chosen = said if said in {choice.value for choice in choices} else ""
        if self.last_day is not None:
            text = _("No day stands above row %(row)s. On which day is it?") % {"row": self.undated[0].entry.spot.row}
            question = Question(
                key,
                text,
                tuple(choices),
                chosen or self.first_day.isoformat(),
                bool(chosen),
                self.undated[0].entry.spot,
            )
            self.questions.append(question)
        for placed in self.undated:
            if chosen:
                placed.date = datetime.date.fromisoformat(chosen)
            elif self.last_day is not None:
                placed.entry.doubts.append(_("No day stands above it: taken as the first day."))

    def move_to_edition(self) -> None:
        """Dates of another year or month: as they are written, or as the days of the edition."""
        if self.last_day is None:
            return
        dates = {placed.date for placed in self.entries} | {day.date for day in self.days}
        outside = {date for date in dates if not self.first_day <= date <= self.last_day}
        if not outside:
            return
        said = self.answers.get("dates", "")
        first = min(dates)
        moved = {date: self.first_day + (date - first) for date in sorted(dates)}
        self.questions.append(
            Question(
                "dates",
                _("The dates of this document are not those of the edition. How are they meant?"),
                (
                    Choice(AS_WRITTEN, _("as they are written"), tuple(map(words.date_only, sorted(dates)))[:5]),
                    Choice(
                        AS_DAYS,
                        _("as the days of the edition, from its first on"),
                        tuple(f"{words.date_only(old)} → {words.date_only(new)}" for old, new in moved.items())[:5],
                    ),
                ),
                said,
                answered=bool(said),
            )
        )
        for placed in self.entries:
            if said == AS_DAYS:
                placed.date = moved[placed.date]
            elif placed.date in outside and not said:
                placed.entry.doubts.append(_("Its day is not one of the edition."))
        if said == AS_DAYS:
            for day in self.days:
                day.date = moved[day.date]
