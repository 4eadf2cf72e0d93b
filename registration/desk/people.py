"""What the desk sees of a person: who, where they stand on a day, the lanyard. Nothing sensitive."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import Day
from conference.words import clock as time_of
from registration.choices import HOLDING_A_PLACE, LANYARD_OF, LANYARD_SHAPES, Agreement, Lanyard, Status, Subject
from registration.lists.agreements import answer_to
from registration.models import Attendance, Registration
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


# Who is taken in. The others have no place.
HAVE_A_PLACE = {Standing.PLACE, Standing.OTHER_DAY, Standing.OFFERED}


@dataclass
class Seen:
    """One person as a line of the desk."""

    row: Registration
    standing: Standing
    lanyard: Lanyard | None  # None: never asked
    there: Attendance | None
    arrangement_waits: bool = False  # said to those who may know (desk.officers)
    room: str = ""  # likewise

    @property
    def may_come_in(self) -> bool:
        return self.there is None and self.standing in HAVE_A_PLACE

    @property
    def since(self) -> str:
        return since_words(self.there) if self.there else ""

    @property
    def shape(self) -> str:
        return LANYARD_SHAPES[self.lanyard] if self.lanyard else ""

    @property
    def lanyard_words(self) -> str:
        return str(self.lanyard.label if self.lanyard else _("not asked about photos: no photos"))


def seen(rows: RegistrationQuerySet, day: Day) -> list[Seen]:
    """These people on a day, in the order of the rows: three queries for any number."""
    there = Attendance.objects.filter(day=day.pk)
    rows = rows.annotate(photos=answer_to(Subject.PHOTOS)).prefetch_related(
        Prefetch("days", to_attr="chosen_days"), Prefetch("attendance", there, to_attr="there")
    )
    return [_line(row, row.photos, [one.pk for one in row.chosen_days], row.there, day) for row in rows]  # type: ignore[attr-defined] # read by the query


def _line(row: Registration, photos: str | None, days: list[int], there: list[Attendance], day: Day) -> Seen:
    lanyard = LANYARD_OF[Agreement(photos)] if photos else None
    return Seen(row, standing_of(row, days, day), lanyard, there[0] if there else None)


def standing_of(registration: Registration, days: Iterable[int], day: Day) -> Standing:
    """`days` are the keys of the days on which the person comes."""
    if registration.offer_ran_out:
        return Standing.CANCELLED
    if registration.status not in HOLDING_A_PLACE:
        return Standing(registration.status)
    if day.pk not in set(days):
        return Standing.OTHER_DAY
    return Standing.OFFERED if registration.status == Status.OFFERED else Standing.PLACE


def since_words(row: Attendance) -> str:
    if row.arrived_at is None:
        return _("Already noted as there, from paper.")
    return _("Already in since %(time)s.") % {"time": time_of(row.arrived_at)}
