"""From when to when each entry of a day is: the afternoon that is meant, ends that are not said, the night. Pure."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from django.utils.translation import gettext as _

from agenda.hours import EVENING, NIGHT_ENDS, is_possible
from agenda.importing.reading.document import Spot
from agenda.importing.recognising.account import Answers, Choice, Question
from agenda.importing.recognising.moments import Span
from agenda.importing.recognising.placing import NEXT_DAY, SAME_DAY, SAME_EVENING, Placed
from conference import words as words_of

_BEGINNINGS = [datetime.time(hour, minute) for hour in (8, 9, 10, 13, 14, 15) for minute in (0, 30)]
_HALF_DAY = datetime.timedelta(hours=12)
_MORNING = datetime.time(6)
_NOON = datetime.time(12)
_STEP_BACK = datetime.timedelta(hours=2)  # less is another session beside it, or a mistake
_GAP = datetime.timedelta(hours=3)  # from the end of a row to the beginning of the next
_SESSION = datetime.timedelta(hours=4)  # longer ones are rare: then an end before the beginning is a mistake


@dataclass
class Hours:
    """Goes through the entries in the order of the document."""

    answers: Answers
    last_day: datetime.date | None
    hours_above: Callable[[Spot], Span | None]  # what the lines above a row say of the hours of the day
    questions: list[Question] = field(default_factory=list)
    refused: list[tuple[Placed, str]] = field(default_factory=list)

    def settle(self, entries: list[Placed]) -> list[Placed]:
        """Those that have a beginning and an end; the others are refused, with the reason."""
        self._begin(entries)
        self._end(entries)
        return [one for one in entries if self._is_whole(one)]

    # Beginnings

    def _begin(self, entries: list[Placed]) -> None:
        above: Placed | None = None
        moved: datetime.date | None = None  # the date that the question about a new day puts in doubt
        shift = datetime.timedelta()
        for at, one in enumerate(entries):
            if above is None or one.is_restart or one.is_dated:
                shift, moved = datetime.timedelta(), None
            one.date += shift
            if above and (one.date != above.date or one.is_restart):
                above = None
            if one.entry.span is None:
                one.starts_at = above.ends_at if above else self._first(entries, at)
                one.ends_at = later(one.starts_at, one.entry.length)
            else:
                one.starts_at, one.ends_at = one.entry.span.starts_at, one.entry.span.ends_at
                if zone := one.entry.span.zone:
                    said = _("The clock of %(zone)s is meant. The time is taken as it stands.") % {"zone": zone}
                    one.entry.doubts.append(said)
                self._half_day(one, above)
                if self._jumps_back(one, above) and above:
                    days = self._new_day(one, above)
                    shift += days
                    one.date += days
                    moved = one.date if not self.answers.get(_key(one)) else None
            if moved:
                one.entry.doubts.append(_("It is open whether a new day begins above it."))
            if one.ends_at is None and one.entry.length:
                one.ends_at = later(one.starts_at, one.entry.length)
            above = one if one.starts_at else above

    def _first(self, entries: list[Placed], at: int) -> datetime.time | None:
        """Where only lengths are said: the hours above the table, if the lengths fill them. Otherwise staff say it."""
        one = entries[at]
        following = takewhile(lambda other: not (other.entry.span or other.is_restart), entries[at + 1 :])
        run = [one, *following]
        total = sum((placed.entry.length or datetime.timedelta() for placed in run), datetime.timedelta())
        above = self.hours_above(one.entry.spot)
        if above and above.ends_at and _since(above.starts_at, above.ends_at) == total:
            return above.starts_at
        key = f"begins-{one.entry.spot.block}-{one.entry.spot.row}"
        title = " ".join([*one.entry.lines, *one.entry.khmer][:1])
        times = sorted({*_BEGINNINGS, *([above.starts_at] if above else [])})
        choices = tuple(Choice(clock(time), clock(time), (f"{clock(time)} {title}",)) for time in times)
        said = next((time for time in times if clock(time) == self.answers.get(key)), None)
        text = _("From row %(row)s on only lengths are said. When does the first begin?") % {"row": one.entry.spot.row}
        taken = said or (above.starts_at if above else _BEGINNINGS[2])
        self.questions.append(Question(key, text, choices, clock(taken), said is not None, one.entry.spot))
        if said is None:
            for placed in run:
                placed.entry.doubts.append(_("Only its length is said, and no time above says when the first begins."))
        return taken

    def _half_day(self, one: Placed, above: Placed | None) -> None:
        """ "1:30" below "11:00" is half past one in the afternoon."""
        span = one.entry.span
        if span is None or span.says_half:
            return
        starts, ends = span.starts_at, span.ends_at
        if above and above.starts_at:
            is_below = starts < above.starts_at and starts < _NOON
            in_afternoon = _plus_half(starts) if starts < _NOON else starts
            is_evening = above.starts_at >= _NOON and _since(above.ends_at or above.starts_at, in_afternoon) <= _GAP
            if (
                is_below
                and in_afternoon >= above.starts_at
                and (starts < _MORNING or (is_evening and starts.hour < 8))
            ):
                starts = in_afternoon
        elif starts < _MORNING:
            starts = _plus_half(starts)
            one.entry.doubts.append(
                _("%(time)s is taken as the afternoon.") % {"time": f"{span.starts_at.hour}:{span.starts_at:%M}"}
            )
        if ends and ends < _NOON:
            is_moved = starts != span.starts_at or (ends < starts and _since(starts, _plus_half(ends)) <= _SESSION)
            ends = _plus_half(ends) if is_moved else ends
        one.starts_at, one.ends_at = starts, ends

    def _jumps_back(self, one: Placed, above: Placed | None) -> bool:
        if not (above and above.starts_at and one.starts_at) or one.is_dated or one.entry.column >= 0:
            return False
        if above.is_night:  # "2:00 Quiet hours", below it "7:00 Breakfast"
            one.is_night = one.starts_at < NIGHT_ENDS
            return NIGHT_ENDS <= one.starts_at < EVENING
        if one.starts_at >= above.starts_at:
            return False
        if above.starts_at >= EVENING and one.starts_at < NIGHT_ENDS:
            one.is_night = True
            one.entry.doubts.append(
                _("It begins after midnight: it stands on the day before, to which the site counts the night.")
            )
            return False
        if _since(one.starts_at, above.starts_at) < _STEP_BACK:
            one.entry.doubts.append(_("It begins before the row above it."))
            return False
        return True

    def _new_day(self, one: Placed, above: Placed) -> datetime.timedelta:
        """How many days later it is, as staff said or as it is taken for now."""
        said = self.answers.get(_key(one), "")
        following = one.date + datetime.timedelta(days=1)
        can_follow = self.last_day is None or following <= self.last_day
        chosen = said or (NEXT_DAY if can_follow else SAME_DAY)
        words = {"time": clock(one.starts_at), "above": clock(above.starts_at), "row": one.entry.spot.row}
        text = _("Row %(row)s: %(time)s comes again after %(above)s. Does a new day begin here?") % words
        choices = tuple(_choices(one, above, following))
        self.questions.append(Question(_key(one), text, choices, chosen, bool(said), one.entry.spot))
        if chosen == SAME_EVENING and one.starts_at:
            one.starts_at = _plus_half(one.starts_at)
            one.ends_at = _plus_half(one.ends_at) if one.ends_at and one.ends_at < _NOON else one.ends_at
        return datetime.timedelta(days=1 if chosen == NEXT_DAY else 0)

    # Ends

    def _end(self, entries: list[Placed]) -> None:
        """A row without an end lasts until the next one of its day begins, in its column if it stands in one."""
        below: dict[tuple[datetime.date, int], list[datetime.time]] = {}
        for one in reversed(entries):
            if one.starts_at is None:
                continue
            begins = below.setdefault((one.date, one.entry.column), [])
            if one.ends_at is None and not one.entry.is_end:
                one.ends_at = next((at for at in reversed(begins) if is_possible(one.starts_at, at)), None)
                if one.ends_at and one.entry.is_above_unread:
                    one.entry.doubts.append(_("A row below it was not understood: it may end there."))
            begins.append(one.starts_at)
            if one.is_restart:
                begins.clear()
            if one.ends_at is None and not one.entry.is_end:
                one.ends_at = later(one.starts_at, datetime.timedelta(hours=1))
                one.has_open_end = True

    def _is_whole(self, one: Placed) -> bool:
        if one.entry.is_end:
            return False
        if one.starts_at is None or one.ends_at is None:
            self.refused.append((one, _("It says a length, and no time above says when that begins.")))
            return False
        if not is_possible(one.starts_at, one.ends_at):
            said = _(
                "The end is not after the beginning: %(text)s. What begins at 16:00 or later may end in the night, by "
                "4:00, such as 20:00 – 0:30."
            )
            self.refused.append((one, said % {"text": f"{clock(one.starts_at)} – {clock(one.ends_at)}"}))
            return False
        span, length = one.entry.span, one.entry.length
        if span and span.ends_at and length and _since(one.starts_at, one.ends_at) != length:
            one.entry.doubts.append(_("Its end is not its beginning and its length together."))
        return True


def _choices(one: Placed, above: Placed, following: datetime.date) -> Iterator[Choice]:
    title, span = " ".join([*one.entry.lines, *one.entry.khmer][:1]), one.entry.span
    here, time = words_of.date_only(one.date), clock(one.starts_at)
    yield Choice(NEXT_DAY, _("yes, the next day"), (f"{words_of.date_only(following)} {time} {title}",))
    yield Choice(SAME_DAY, _("no, it is the same day"), (f"{here} {time} {title}",))
    evening = _plus_half(one.starts_at) if one.starts_at and one.starts_at < _NOON else None
    if evening and above.starts_at and evening >= above.starts_at and span and not span.says_half:
        yield Choice(
            SAME_EVENING, _("no, the evening of the same day is meant"), (f"{here} {clock(evening)} {title}",)
        )


def _key(one: Placed) -> str:
    return f"new-day-{one.entry.spot.block}-{one.entry.spot.row}"


def _plus_half(at: datetime.time) -> datetime.time:
    return at.replace(hour=(at.hour + 12) % 24)


def later(at: datetime.time | None, length: datetime.timedelta | None) -> datetime.time | None:
    return (datetime.datetime.combine(datetime.date(2000, 1, 1), at) + length).time() if at and length else None


def _since(at: datetime.time, later: datetime.time) -> datetime.timedelta:
    day = datetime.date(2000, 1, 1)
    return (datetime.datetime.combine(day, later) - datetime.datetime.combine(day, at)) % (2 * _HALF_DAY)


def clock(at: datetime.time | None) -> str:
    return f"{at.hour}:{at:%M}" if at else ""
