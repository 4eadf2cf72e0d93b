"""When the daily run may erase what the dates of an edition ask for (retention.erasing does it).

Erasing cannot be undone, and a machine that starts with a wrong clock takes every date for past. So two things wait
until a person has looked and said yes (erase_personal_data --yes): erasing by a clock that is far beyond the newest
moment stored, and erasing a whole edition at once of which nothing has been erased by date before. What waits once
goes on waiting, also when something newer is stored meanwhile: by a wrong clock it is newer, too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models import DateTimeField, Max, Model, QuerySet
from django.utils import timezone

from conference import clock
from registration.choices import ErasingWaits
from registration.messages import planned
from registration.models import Intake
from registration.retention import erasing

FAR = timedelta(days=7)  # beyond the newest moment stored


@dataclass(frozen=True)
class Outcome:
    """What one run did, or would do, for one edition."""

    intake: Intake
    numbers: dict[str, int]  # of rows by what they are; empty where no date has come
    waits: str  # an ErasingWaits: nothing is erased without a yes; empty where nothing stands in the way

    @property
    def is_due(self) -> bool:
        return self.numbers != {}

    @property
    def in_words(self) -> str:
        return ", ".join(f"{what} {number}" for what, number in self.numbers.items() if number) or "nothing"


def outlook(today: date, *, yes: bool = False) -> list[Outcome]:
    """What a run would do for each edition. Changes nothing."""
    if clock.is_rehearsal():
        return []
    agrees = yes or clock_agrees(today)
    return [_outlook_of(intake, today, agrees=agrees, yes=yes) for intake in _intakes()]


def run(today: date, *, yes: bool = False) -> list[Outcome]:
    """Erases what is due and need not wait, and remembers that it ran. In a rehearsal no date comes."""
    if clock.is_rehearsal():
        return []
    agrees = yes or clock_agrees(today)
    outcomes = []
    for intake in _intakes():
        outcome = _outlook_of(intake, today, agrees=agrees, yes=yes)
        remembered: dict[str, str | date] = {"erasing_waits": outcome.waits}
        if agrees:
            remembered["erasing_ran_on"] = today
        if agrees and outcome.is_due and not outcome.waits:
            outcome = Outcome(intake, erasing.erase(intake.edition, today), waits="")
            remembered["erased_on"] = today
        Intake.objects.filter(pk=intake.pk).update(**remembered)
        outcomes.append(outcome)
    return outcomes


def note_a_doubtful_clock(today: date) -> None:
    """At a start, before anything new is stored: the daily run and the time of a letter may come hours later, when
    visitors have signed up.
    """
    if clock.is_rehearsal() or clock_agrees(today):
        return  # no row need be counted
    planned.hold_for_the_clock()
    for outcome in outlook(today):
        if outcome.waits == ErasingWaits.CLOCK:
            Intake.objects.filter(pk=outcome.intake.pk).update(erasing_waits=outcome.waits)


def waiting(today: date, intakes: Iterable[Intake] | None = None) -> list[Intake]:
    """The intakes of which a date has come, and of which the last run erased nothing. Of all, or of those given."""
    if clock.is_rehearsal():
        return []
    come = erasing.due(today) if intakes is None else [one for one in intakes if one.is_due(today)]
    return [one for one in come if one.erasing_waits]


def _intakes() -> QuerySet[Intake]:
    return Intake.objects.select_related("edition").order_by("edition__year")


def _outlook_of(intake: Intake, today: date, *, agrees: bool, yes: bool) -> Outcome:
    numbers = erasing.what_goes(intake, today)
    waits = ""
    if not yes and any(numbers.values()):
        has_begun = intake.erased_on and intake.erased_on >= min(intake.erase_dates)
        if not agrees or intake.erasing_waits == ErasingWaits.CLOCK:
            waits = ErasingWaits.CLOCK
        elif numbers.get("registrations") and not has_begun:
            waits = ErasingWaits.WHOLE
    return Outcome(intake, numbers, waits)


def clock_agrees(today: date) -> bool:
    """The clock is not far beyond the newest moment that the site has written down by itself, or the last run.

    In quiet weeks the last run is the newest. Where nothing is stored, nothing contradicts the clock. A run whose
    clock did not agree proves nothing later.
    """
    # The columns that say when a row was written; not those for which people choose a moment.
    columns: list[tuple[type[Model], str]] = [(LogEntry, "action_time"), (User, "last_login")]
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, DateTimeField) and (field.auto_now or field.auto_now_add):
                columns.append((model, field.name))
    moments = [model._base_manager.aggregate(newest=Max(column))["newest"] for model, column in columns]
    days = [timezone.localdate(moment) for moment in moments if moment]
    if last_run := Intake.objects.aggregate(newest=Max("erasing_ran_on"))["newest"]:
        days.append(last_run)
    return not days or today - max(days) <= FAR
