""" "From here on, N minutes later": for the day on which everything takes longer. Planned purely, applied at once."""

import datetime
import hashlib
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from agenda.clashes import Clash, Slot, Why, clashes, overlap
from agenda.models import Session, Shift
from agenda.slots import Tree, slot_of
from conference.translated import Text
from conference.words import clock, digits


class PastMidnight(Exception):
    """A row would begin before the day or end after it."""


class ChangedMeanwhile(Exception):
    """The times are no longer those that were looked at."""


@dataclass(frozen=True)
class Plan:
    before: tuple[Slot, ...]  # the rows that move, as they stand now
    after: tuple[Slot, ...]  # the same rows, moved
    clashes: tuple[Clash, ...]  # new ones in a room or with a person: staff decide
    runs_over: tuple[Clash, ...]  # new ones in one track: cannot be meant
    beside: tuple[tuple[Slot, Slot], ...]  # rows that were one after the other and are now at the same time

    @property
    def may_be_applied(self):
        return bool(self.after) and not self.runs_over

    @property
    def fingerprint(self):
        """The same as long as nobody changed a time that the plan is about."""
        times = [(one.key, one.starts_at, two.starts_at) for one, two in zip(self.before, self.after, strict=True)]
        ends = [one.ends_at for one in self.before]
        return hashlib.sha256(repr((times, ends)).encode()).hexdigest()


def shift(slots, start, minutes, track=None) -> Plan:
    """Pure: all rows that begin with `start` or later, of the day or of one track, `minutes` later (or earlier)."""
    from_here = next(slot.starts_at for slot in slots if slot.key == start)
    moving = tuple(slot for slot in slots if _moves(slot, from_here, track))
    after = tuple(moved(slot, minutes) for slot in moving)
    keys = {slot.key for slot in moving}
    staying = [slot for slot in slots if slot.key not in keys]
    new = _new_clashes(slots, [*staying, *after])
    return Plan(
        before=moving,
        after=after,
        clashes=tuple(clash for clash in new if clash.why != Why.TRACK),
        runs_over=tuple(clash for clash in new if clash.why == Why.TRACK),
        beside=tuple(_newly_beside(staying, moving, after)),
    )


def _moves(slot, from_here, track):
    return slot.has_own_time and slot.starts_at >= from_here and (track is None or slot.track == track)


def moved(slot, minutes):
    return replace(slot, starts_at=_later(slot.starts_at, minutes), ends_at=_later(slot.ends_at, minutes))


def _later(time, minutes):
    day = datetime.date(2000, 1, 1)
    moment = datetime.datetime.combine(day, time) + datetime.timedelta(minutes=minutes)
    if moment.date() != day:
        raise PastMidnight
    return moment.time()


def _new_clashes(before, after):
    known = {(clash.first.key, clash.second.key, clash.why) for clash in clashes(before)}
    known |= {(second, first, why) for first, second, why in known}
    return [clash for clash in clashes(after) if (clash.first.key, clash.second.key, clash.why) not in known]


def _newly_beside(staying, before, after):
    for one, two in zip(before, after, strict=True):
        for slot in staying:
            if slot.track != two.track and overlap(slot, two) and not overlap(slot, one):
                yield slot, two


def slots_of(day) -> tuple[list[Slot], Tree]:
    """The rows of a day that have times of their own, with who appears in them: two queries."""
    tree = Tree.of(day.sessions.select_related("track", "room").prefetch_related("appearances").in_order())
    timed = (row for row in tree.by_pk.values() if row.starts_at)
    return [slot_of(row, tree, row.appearances.all()) for row in timed], tree


def apply(day, plan, *, minutes, track, by) -> Shift:
    """Moves the rows, all or none, and keeps what it takes to undo it."""
    pairs = list(zip(plan.before, plan.after, strict=True))
    with transaction.atomic():
        if not all(_move(one.key, _times(one), _times(two)) for one, two in pairs):
            raise ChangedMeanwhile
        return Shift.objects.create(
            day=day,
            track=track,
            minutes=minutes,
            starts_at=min(slot.starts_at for slot in plan.before),
            moved=[[one.key, _written(one), _written(two)] for one, two in pairs],
            by=by,
            at=timezone.now(),
        )


def times_of(done: Shift, *, taken_back=False):
    """For the public: the uuid of each session that was moved -> its times, or those of before."""
    uuids = dict(Session.objects.filter(pk__in=[key for key, *_times in done.moved]).values_list("pk", "uuid"))
    return {
        str(uuids[key]): _read(before if taken_back else after) for key, before, after in done.moved if key in uuids
    }


def undo(done: Shift):
    """Puts the rows back, all or none: not if somebody changed one of these times since."""
    with transaction.atomic():
        waiting = Shift.objects.still_done().filter(pk=done.pk)
        if not waiting.update(undone_at=timezone.now()):
            raise ChangedMeanwhile
        for key, before, after in done.moved:
            if not _move(key, _read(after), _read(before)):
                raise ChangedMeanwhile


def _move(key, before, after):
    """True if the times were still those of before."""
    rows = Session.objects.filter(pk=key, starts_at=before[0], ends_at=before[1])
    return bool(rows.update(starts_at=after[0], ends_at=after[1]))


def _times(slot):
    return slot.starts_at, slot.ends_at


def _written(slot):
    return [time.isoformat() for time in _times(slot)]


def _read(times):
    return tuple(datetime.time.fromisoformat(time) for time in times)


def note(done: Shift) -> Text:
    """What the public reads: "From 10:30 on: 15 minutes later"."""
    return Text(**{language: _note_in(language, done) for language in ("en", "km")})


def note_taken_back(done: Shift) -> Text:
    return Text(**{language: _taken_back_in(language, done) for language in ("en", "km")})


def _taken_back_in(language, done):
    with translation.override(language):
        return gettext("Taken back: %(what)s") % {"what": _note_in(language, done)}


def _note_in(language, done):
    number = abs(done.minutes)
    with translation.override(language):
        if done.minutes > 0:
            text = ngettext(
                "From %(from)s on: %(number)s minute later", "From %(from)s on: %(number)s minutes later", number
            )
        else:
            text = ngettext(
                "From %(from)s on: %(number)s minute earlier", "From %(from)s on: %(number)s minutes earlier", number
            )
        said = text % {"from": clock(done.starts_at), "number": digits(number)}
        return f"{done.track}: {said}" if done.track else said
