"""Letters by date: switched on by a person who has seen them, sent by the helper of the site when their time comes.

A letter goes in one transaction under the lock of the places, with the form token of its plan: of two helpers, and
after a crash, only one sends it. Its readers are found at that moment. It is held back, and waits for a person,
where the site missed its time by far, and where the clock cannot be trusted.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from conference import clock
from conference.serving.passing import is_passing
from registration.choices import HeldBack, LetterState, Readers, Status
from registration.messages import letters
from registration.models import Attendance, Intake, Letter, LetterReader, PlannedLetter, Registration
from registration.models.letters import TEXTS
from registration.models.registration import coming
from registration.places.lock import place_lock, place_lock_if_any

log = logging.getLogger("django.background")
LATEST = timedelta(hours=6)  # “tomorrow it begins” must not come on the day after


def readers_of(planned: PlannedLetter) -> QuerySet[Any, Any]:
    """The keys of its readers as they are now, before the kind of letter leaves some out."""
    people = Registration.objects.filter(edition=planned.edition_id)
    match planned.readers:
        case Readers.CHOSEN:
            return LetterReader.objects.filter(letter=planned.pk).values("registration")
        case Readers.COMING:
            people = people.filter(coming())
        case Readers.THERE:
            there = Attendance.objects.filter(registration__edition=planned.edition_id)
            is_noted = there.exists()
            people = people.filter(pk__in=there.values("registration")) if is_noted else people.holding_a_place()
        case _:
            people = people.filter(status=Status.CONFIRMED)
    return people.values("pk")


def addressees(planned: PlannedLetter) -> letters.Addressees:
    """To count them: of ten thousand people no more is read than is asked for."""
    people = Registration.objects.filter(pk__in=readers_of(planned)).not_erased()
    rows = list(people.only("status", "email", "edition_id").order_by("pk"))
    for row in rows:
        row.edition = planned.edition
    return letters.addressees(planned.kind, rows)


def switch_on(planned: PlannedLetter, version: int, by: User) -> bool:
    """False where it was changed or sent meanwhile: then the person who pressed has not seen what would go."""
    same = PlannedLetter.objects.filter(pk=planned.pk, version=version, due_at__gt=clock.now())
    same = same.filter(state__in=[LetterState.OFF, LetterState.HELD])
    return bool(same.update(state=LetterState.ON, problem="", switched_on_by=by))


def switch_off(planned: PlannedLetter) -> bool:
    """It is called off. False where it went meanwhile."""
    return bool(PlannedLetter.objects.on().filter(pk=planned.pk).update(state=LetterState.OFF))


def plan(planned: PlannedLetter, keys: list[int], *, by: User) -> PlannedLetter:
    """A letter to people chosen in the list, which a person has just seen: switched on. Planned twice it is one.

    Raises Closed if the edition has no intake.
    """
    with place_lock(planned.edition_id):
        known = PlannedLetter.objects.filter(form_token=planned.form_token).first()
        if known:
            return known
        planned.readers, planned.state = Readers.CHOSEN, LetterState.ON
        planned.written_by = planned.switched_on_by = by
        planned.save(force_insert=True)
        LetterReader.objects.bulk_create(LetterReader(letter=planned, registration_id=key) for key in keys)
    return planned


def send_now(planned: PlannedLetter, version: int) -> Letter | None:
    """A letter that was held back, and of which a person has said that it is to go all the same. None where it was
    changed or sent meanwhile. Raises Closed if the edition has no intake.
    """
    with place_lock(planned.edition_id):
        held = PlannedLetter.objects.held().filter(pk=planned.pk, version=version).first()
        return _send(held) if held else None


def hold_for_the_clock() -> None:
    """At a start with a clock that cannot be trusted. What visitors do from now on is stored by that clock, and would
    agree with it when the time of a letter comes.
    """
    PlannedLetter.objects.on().update(state=LetterState.HELD, problem=HeldBack.CLOCK)


def send_due(is_clock_right: Callable[[], bool]) -> int:
    """Sends what is due, and returns how many letters. Any number of helpers may do this side by side.

    The clock is looked at only where there is a letter to send.
    """
    return sum(_send_if_due(pk, edition, is_clock_right) for pk, edition in _due())


def _due() -> list[tuple[int, int]]:
    return list(PlannedLetter.objects.due().order_by("due_at", "pk").values_list("pk", "edition"))


def _send_if_due(pk: int, edition: int, is_clock_right: Callable[[], bool]) -> bool:
    due = PlannedLetter.objects.due().filter(pk=pk)
    try:
        with place_lock_if_any(edition) as intake:
            planned = due.first()
            if planned is None:  # sent by another helper, or called off
                return False
            if problem := _in_the_way(planned, intake, is_clock_right):
                due.update(state=LetterState.HELD, problem=problem)
                return False
            _send(planned)
    except Exception as error:  # one letter must not keep the helper from all that it does
        if is_passing(error):  # the next look finds it as it was
            raise
        log.exception("A letter by date could not be sent.")
        due.update(state=LetterState.HELD, problem=HeldBack.BROKEN)
        return False
    return True


def _in_the_way(planned: PlannedLetter, intake: Intake | None, is_clock_right: Callable[[], bool]) -> str:
    if intake is None:
        return HeldBack.NO_INTAKE
    if not is_clock_right():
        return HeldBack.CLOCK
    return HeldBack.LATE if clock.now() - planned.due_at > LATEST else ""


def _send(planned: PlannedLetter) -> Letter:
    texts = {name: getattr(planned, name) for name in TEXTS}
    letter = Letter(
        edition_id=planned.edition_id,
        form_token=planned.form_token,
        kind=planned.kind,
        written_by_id=planned.written_by_id,
        **texts,
    )
    sent = letters.send(letter, readers_of(planned))
    PlannedLetter.objects.filter(pk=planned.pk).update(letter=sent, state=LetterState.SENT, problem="")
    return sent
