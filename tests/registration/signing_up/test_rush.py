"""Many at once for few places, with a slow step between counting and taking; and the same with the lock left out.

A test of the lock that passes without the lock would be blind: that is tested too.
"""

import gc
import random
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction

from registration.choices import MessageKind, Status
from registration.models import Intake, Message, Registration
from registration.places import lock
from registration.places.hall import intakes_with_rules
from registration.signing_up import rules, transitions
from tests.factories import make_answers, make_registration

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, PLACES, PAUSE = 20, 8, 0.02  # seconds
AT_ONCE, STEPS = 16, 500


@pytest.fixture(autouse=True)
def _no_garbage_collection():
    """It closes cursors of other threads, and waits for a thread that waits for SQLite's lock of this thread."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def slow(monkeypatch):
    """Between counting the places and taking one there is time for others to count as well."""
    save = Registration.save

    def slowly(self, *args, **kwargs):
        time.sleep(PAUSE)
        save(self, *args, **kwargs)

    monkeypatch.setattr(Registration, "save", slowly)


@contextmanager
def no_lock(edition_pk):
    """As place_lock, but for its first statement."""
    yield intakes_with_rules().get(edition=edition_pk)


def rush(edition):
    """Everybody signs up at the same moment. Gives what the database refused."""
    answers, ready = make_answers(edition), Barrier(PEOPLE)

    def sign_up(_person):
        try:
            ready.wait(30)
            rules.sign_up(edition=edition, answers=answers, language="km", form_token=uuid.uuid4())
        except DatabaseError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as crowd:
        return [error for error in crowd.map(sign_up, range(PEOPLE)) if error]


@pytest.mark.usefixtures("slow")
def test_slow_step_under_the_lock_neither_oversells_nor_leaves_a_place(edition):
    Intake.objects.update(capacity=PLACES)

    assert rush(edition) == []

    assert Registration.objects.filter(status=Status.CONFIRMED).count() == PLACES
    assert Registration.objects.filter(status=Status.WAITING).count() == PEOPLE - PLACES


@pytest.mark.usefixtures("slow")
def test_without_the_lock_the_same_rush_runs_into_the_second_wall(edition, monkeypatch):
    Intake.objects.update(capacity=PLACES)
    monkeypatch.setattr(rules, "place_lock", no_lock)

    refused = rush(edition)

    assert any(isinstance(error, IntegrityError) for error in refused)
    numbers = list(Registration.objects.holding_a_place().values_list("place_no", flat=True))
    assert len(numbers) == len(set(numbers))


def test_database_refuses_the_place_after_the_last_that_is_given_twice(edition):
    Intake.objects.update(capacity=1)
    first, waits = make_registration(edition), make_registration(edition)

    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=waits.pk).update(
            status=Status.CONFIRMED, waiting_since=None, place_no=first.place_no
        )


def test_hundreds_of_steps_at_once_leave_no_place_free_while_anybody_waits(edition):
    Intake.objects.update(capacity=20)

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        list(crowd.map(lambda number: take_a_step(edition, random.Random(number)), range(STEPS)))

    held = Registration.objects.holding_a_place()
    numbers = list(held.values_list("place_no", flat=True))
    assert len(numbers) == len(set(numbers))
    if len(numbers) < Intake.objects.get().capacity:
        assert not Registration.objects.filter(status=Status.WAITING).exists()
    assert offered_in_the_order_of_the_waiting_list()
    waiting = [(row.waiting_since, row.pk) for row in Registration.objects.waiting_in_order()]
    assert waiting == sorted(waiting)


def take_a_step(edition, chance):
    """Someone signs up, someone cancels, or staff change the number of places; told "busy", they try again."""
    step = chance.choices([make_registration, cancel_participant, resize], weights=[6, 4, 1])[0]
    try:
        while is_busy(step, edition):
            pass
    finally:
        connection.close()


def is_busy(step, edition):
    try:
        step(edition)
    except OperationalError:  # SQLite serves those who wait in no order: on a slow machine one may wait too long
        return True
    return False


def cancel_participant(edition):
    participant = edition.registrations.exclude(status=Status.CANCELLED).order_by("?").first()
    with suppress(lock.TooLate):
        if participant:
            transitions.cancel(participant)


def resize(edition):
    """As the admin does: the number is saved, then what it frees is offered."""
    Intake.objects.filter(edition=edition).update(capacity=random.randint(10, 40))
    transitions.offer_free_places(edition)


def offered_in_the_order_of_the_waiting_list():
    """No participant was offered a place before another who had waited longer and was still waiting."""
    told = list(Message.objects.order_by("pk").values_list("registration", "kind"))
    queue = []
    for person, kind in told:
        if kind == MessageKind.WAITING:
            queue.append(person)
        elif person in queue:
            if kind == MessageKind.OFFERED and queue[0] != person:
                return False
            queue.remove(person)
    return True
