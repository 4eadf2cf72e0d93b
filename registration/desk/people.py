"""What the desk sees of a person: who, where they stand on a day, the lanyard. Nothing sensitive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import Day
from conference.words import clock as time_of
from registration.choices import HOLDING_A_PLACE, LANYARD_OF, LANYARD_SHAPES, Agreement, Lanyard, Status, Subject
from registration.lists.agreements import answer_to
from registration.models import Attendance, DayChoice, Registration
from registration.models.registration import RegistrationQuerySet


class Standing(TextChoices):
    """Where a person stands on a day, for the desk."""

    PLACE = "place", gettext_lazy("has a place")
    OTHER_DAY = "other_day", gettext_lazy("has a place, but not for this day")
    OFFERED = "offered", gettext_lazy("a place is offered: to come in is to accept it")
    RECEIVED = "received", gettext_lazy("staff have not decided yet")
    WAITING = "waiting", gettext_lazy("on the waiting list")
    CANCELLED = "cancelled", gettext_lazy("cancelled")
    DECLINED = "declined", gettext_lazy("declined")


SHOWN = (
    *("badge_token", "code", "name_km", "name_latin", "organisation", "language"),
    *("status", "offered_until"),
)
# Who is taken in. The others have no place.
HAVE_A_PLACE = {Standing.PLACE, Standing.OTHER_DAY, Standing.OFFERED}


@dataclass
class Seen:
    """One person as a line of the desk."""

    row: Registration
    standing: Standing
    lanyard: Lanyard | None  # None: never asked
    there: bool
    arrived_at: datetime | None  # None also where it was noted from paper
    arrangement_waits: bool = False  # said to those who may know (desk.officers)
    room: str = ""  # likewise

    @property
    def may_come_in(self) -> bool:
        return not self.there and self.standing in HAVE_A_PLACE

    @property
    def since(self) -> str:
        return since_words(self.arrived_at) if self.there else ""

    @property
    def shape(self) -> str:
        return LANYARD_SHAPES[self.lanyard] if self.lanyard else ""

    @property
    def lanyard_words(self) -> str:
        return str(self.lanyard.label if self.lanyard else _("not asked about photos: no photos"))


def seen(rows: RegistrationQuerySet, day: Day) -> list[Seen]:
    """These people on a day, in the order of the rows: one query for any number of them."""
    there = Attendance.objects.filter(registration=OuterRef("pk"), day=day.pk)
    rows = rows.only(*SHOWN).annotate(
        photos=answer_to(Subject.PHOTOS),
        comes=Exists(DayChoice.objects.filter(registration=OuterRef("pk"), day=day.pk)),
        is_there=Exists(there),
        arrived_at=Subquery(there.values("arrived_at")[:1]),
    )
    return [_line(row, row, day) for row in rows]


def _line(row: Registration, read: Any, day: Day) -> Seen:
    """`read` is the same row, with what `seen` reads besides."""
    lanyard = LANYARD_OF[Agreement(read.photos)] if read.photos else None
    standing = standing_of(row, [day.pk] if read.comes else [], day)
    return Seen(row, standing, lanyard, read.is_there, read.arrived_at)


def standing_of(registration: Registration, days: Iterable[int], day: Day) -> Standing:
    """`days` are the keys of the days on which the person comes."""
    if registration.offer_ran_out:
        return Standing.CANCELLED
    if registration.status not in HOLDING_A_PLACE:
        return Standing(registration.status)
    if day.pk not in set(days):
        return Standing.OTHER_DAY
    return Standing.OFFERED if registration.status == Status.OFFERED else Standing.PLACE


def since_words(arrived_at: datetime | None) -> str:
    """Of a person who is in."""
    if arrived_at is None:
        return _("Already noted as there, from paper.")
    return _("Already in since %(time)s.") % {"time": time_of(arrived_at)}
