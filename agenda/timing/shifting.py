"""Rows of a day at later (or earlier) times, for a day on which everything takes longer.

`shift` plans the new times and is pure. `apply` writes all of them, or none.
"""

import datetime
import hashlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, ngettext

from agenda import hours
from agenda.hours import Times
from agenda.models import Day, Session, Shift, Track
from agenda.timing.clashes import Clash, Slot, Why, clashes, overlap
from agenda.timing.slots import Tree, slot_of
from conference.clock import now
from conference.language.translated import Text
from conference.words import clock, digits, labelled


class OutsideOfDay(Exception):
    """A row would no longer be of its day and of the night that follows."""


class ChangedMeanwhile(Exception):
    """The times are no longer those that were looked at."""


@dataclass(frozen=True)
class Plan:
    before: tuple[Slot, ...]  # the rows that move, as they stand now
    after: tuple[Slot, ...]  # the same rows, moved
    clashes: tuple[Clash, ...]  # new ones in a room or with a person: staff decide
    runs_over: tuple[Clash, ...]  # new ones in one track: such a plan cannot be applied
    beside: tuple[tuple[Slot, Slot], ...]  # rows that were one after the other and are now at the same time

    @property
    def may_be_applied(self) -> bool:
        return bool(self.after) and not self.runs_over

    @property
    def fingerprint(self) -> str:
        """The same as long as the times that the plan is about stay the same."""
        times = [(one.key, one.starts_at, two.starts_at) for one, two in zip(self.before, self.after, strict=True)]
        ends = [one.ends_at for one in self.before]
        return hashlib.sha256(repr((times, ends)).encode()).hexdigest()


def shift(slots: Sequence[Slot], start: Hashable, minutes: int, track: Hashable = None) -> Plan:
    """Pure: all rows that begin with `start` or later, of the day or of one track, `minutes` later (or earlier)."""
    from_here = next(slot.span[0] for slot in slots if slot.key == start)
    moving: list[Slot] = []
    staying: list[Slot] = []
    for slot in slots:
        is_meant = slot.has_own_time and slot.span[0] >= from_here and (track is None or slot.track == track)
        (moving if is_meant else staying).append(slot)
    after = [moved(slot, minutes) for slot in moving]

    known = {(clash.first.key, clash.second.key, clash.why) for clash in clashes(slots)}
    known |= {(second, first, why) for first, second, why in known}
    all_after = clashes([*staying, *after])
    new = [clash for clash in all_after if (clash.first.key, clash.second.key, clash.why) not in known]
    beside = []
    for one, two in zip(moving, after, strict=True):
        for slot in staying:
            if slot.track != two.track and overlap(slot, two) and not overlap(slot, one):
                beside.append((slot, two))
    return Plan(
        before=tuple(moving),
        after=tuple(after),
        clashes=tuple(clash for clash in new if clash.why != Why.TRACK),
        runs_over=tuple(clash for clash in new if clash.why == Why.TRACK),
        beside=tuple(beside),
    )


def moved(slot: Slot, minutes: int) -> Slot:
    starts_at, ends_at = later((slot.starts_at, slot.ends_at), datetime.timedelta(minutes=minutes))
    return replace(slot, starts_at=starts_at, ends_at=ends_at)


def later(times: Times, by: datetime.timedelta) -> Times:
    begins, ends = hours.span(*times)
    if begins + by < datetime.timedelta():
        raise OutsideOfDay
    found = hours.times((begins + by, ends + by))
    if not hours.is_possible(*found) or hours.span(*found) != (begins + by, ends + by):
        raise OutsideOfDay
    return found


def slots_of(day: Day) -> tuple[list[Slot], Tree]:
    """The rows of a day that have times of their own, with who appears in them: two queries."""
    tree = Tree.of(day.sessions.select_related("track", "room").prefetch_related("appearances").in_order())
    timed = [row for row in tree.by_pk.values() if row.starts_at]
    return [slot for row in timed if (slot := slot_of(row, tree, row.appearances.all()))], tree


def apply(day: Day, plan: Plan, *, minutes: int, track: Track | None, by: User) -> Shift:
    """Moves the rows, all or none, and keeps what it takes to undo it."""
    moves = [
        (one.key, (one.starts_at, one.ends_at), (two.starts_at, two.ends_at))
        for one, two in zip(plan.before, plan.after, strict=True)
    ]
    with transaction.atomic():
        if not all(_move(key, before, after) for key, before, after in moves):
            raise ChangedMeanwhile
        return Shift.objects.create(
            day=day,
            track=track,
            minutes=minutes,
            starts_at=min(plan.before, key=lambda slot: slot.span).starts_at,
            moved=[
                [key, [time.isoformat() for time in before], [time.isoformat() for time in after]]
                for key, before, after in moves
            ],
            by=by,
            at=now(),
        )


def times_of(done: Shift, *, taken_back: bool = False) -> dict[str, Times]:
    """For the public: the uuid of each session that was moved -> its times, or those of before."""
    uuids = dict(Session.objects.filter(pk__in=[key for key, *_times in done.moved]).values_list("pk", "uuid"))
    return {
        str(uuids[key]): _read(before if taken_back else after) for key, before, after in done.moved if key in uuids
    }


def undo(done: Shift) -> None:
    """Puts the rows back, all or none. Refuses where one of these times was changed since."""
    with transaction.atomic():
        still_done = Shift.objects.filter(pk=done.pk, undone_at=None)
        if not still_done.update(undone_at=now()):
            raise ChangedMeanwhile
        for key, before, after in done.moved:
            if not _move(key, _read(after), _read(before)):
                raise ChangedMeanwhile


def _move(key: Any, before: Times, after: Times) -> bool:
    """Moves the session of this primary key. True if its times were still those of before."""
    rows = Session.objects.filter(pk=key, starts_at=before[0], ends_at=before[1])
    return bool(rows.update(starts_at=after[0], ends_at=after[1]))


def _read(times: list[str]) -> Times:
    """The times of one row, as a Shift keeps them."""
    starts_at, ends_at = times
    return datetime.time.fromisoformat(starts_at), datetime.time.fromisoformat(ends_at)


def note(done: Shift) -> Text:
    """What the public reads: "From 10:30 on: 15 minutes later"."""
    number, texts = abs(done.minutes), {}
    for language in ("en", "km"):
        with translation.override(language):
            if done.minutes > 0:
                text = ngettext(
                    "From %(from)s on: %(number)s minute later", "From %(from)s on: %(number)s minutes later", number
                )
            else:
                text = ngettext(
                    "From %(from)s on: %(number)s minute earlier",
                    "From %(from)s on: %(number)s minutes earlier",
                    number,
                )
            said = text % {"from": clock(done.starts_at), "number": digits(number)}
            texts[language] = labelled(done.track, said) if done.track else said
    return Text(**texts)


def note_taken_back(done: Shift) -> Text:
    what, texts = note(done), {}
    for language in ("en", "km"):
        with translation.override(language):
            texts[language] = gettext("Taken back: %(what)s") % {"what": what}
    return Text(**texts)
