import threading
import uuid
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections
from django.utils import timezone

from agenda.editions.loading import load_edition
from conference.models import Edition
from registration.choices import Agreement, Channel, Status, Subject
from registration.models import Intake, Registration
from registration.places import lock
from registration.places.hall import intakes_with_rules
from registration.signing_up import rules, transitions
from tests.factories import make_answers, make_registration, open_intake


def test_sign_up_confirms_where_there_is_no_limit(edition):
    assert make_registration(edition).status == Status.CONFIRMED


def test_sign_up_confirms_while_places_remain_and_then_waits(edition):
    Intake.objects.update(capacity=2)

    statuses = [make_registration(edition).status for _person in range(3)]

    assert statuses == [Status.CONFIRMED, Status.CONFIRMED, Status.WAITING]


def test_sign_up_takes_a_place_that_was_given_back(edition):
    Intake.objects.update(capacity=1)
    transitions.cancel(make_registration(edition))

    assert make_registration(edition).status == Status.CONFIRMED


def test_place_offered_to_a_person_is_not_free(edition):
    Intake.objects.update(capacity=1)
    first, second = make_registration(edition), make_registration(edition)
    transitions.cancel(first)
    second.refresh_from_db()
    assert second.status == Status.OFFERED

    assert make_registration(edition).status == Status.WAITING


def test_sign_up_is_received_where_staff_decide(edition):
    Intake.objects.update(needs_approval=True, capacity=0)

    assert make_registration(edition).status == Status.RECEIVED


@pytest.mark.parametrize("times", [{"opens_at": timedelta(hours=1)}, {"closes_at": timedelta(hours=-1)}])
def test_sign_up_outside_the_opening_time_is_closed(edition, times):
    Intake.objects.update(**{name: timezone.now() + delta for name, delta in times.items()})

    with pytest.raises(lock.Closed):
        make_registration(edition)
    assert not Registration.objects.exists()


def test_sign_up_without_an_intake_is_closed(edition):
    Intake.objects.all().delete()

    with pytest.raises(lock.Closed):
        make_registration(edition)


def test_staff_may_enter_people_after_closing(edition, admin_user):
    Intake.objects.update(closes_at=timezone.now() - timedelta(hours=1))

    rules.sign_up(
        edition=edition,
        answers=make_answers(edition),
        language="km",
        form_token=uuid.uuid4(),
        channel=Channel.DESK,
        by=admin_user,
    )

    registration = Registration.objects.get()
    assert (registration.channel, registration.registered_by) == (Channel.DESK, admin_user)


def test_same_form_sent_twice_is_one_registration(edition):
    token = uuid.uuid4()

    first, second = (
        rules.sign_up(edition=edition, answers=make_answers(edition), language="en", form_token=token)
        for _time in range(2)
    )

    assert first == second
    assert Registration.objects.count() == 1
    assert Registration.objects.get().consents.count() == 2


def test_answers_lie_in_tables_apart(edition):
    registration = make_registration(
        edition, inclusion={"access_needs": ["captions"]}, travel={"nights": ["2024-03-25"], "mode": "bus"}
    )

    assert registration.inclusion_answers.access_needs == ["captions"]
    assert registration.travel_request.nights == ["2024-03-25"]
    assert registration.days.count() == 2


def test_consents_keep_subject_answer_wording_and_language(edition):
    registration = make_registration(edition, consents={Subject.PHOTOS: Agreement.DECIDE_THERE})

    (consent,) = registration.consents.all()
    assert (consent.subject, consent.answer, consent.wording, consent.language) == (
        Subject.PHOTOS,
        Agreement.DECIDE_THERE,
        rules.CONSENT_WORDING,
        "en",
    )


def test_sign_up_that_fails_half_way_leaves_nothing(edition, monkeypatch):
    monkeypatch.setattr(rules, "_save_answers", lambda *_args: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        make_registration(edition)
    assert not Registration.objects.exists()


def test_person_without_name_or_address_is_refused_by_the_database(edition):
    for missing in ({"name_km": "", "name_latin": ""}, {"phone": ""}):
        with pytest.raises(IntegrityError):
            make_registration(edition, **missing)


def test_column_that_is_not_as_it_should_be_is_refused(edition):
    for wrong in ({"phone": "012 323 045"}, {"province": "26"}, {"email": "nowhere"}):
        with pytest.raises(ValidationError):
            make_registration(edition, **wrong)


def test_code_is_easy_to_say_and_names_the_row_in_the_admin_log(edition):
    registration = make_registration(edition)

    assert str(registration) == f"{registration.code[:3]}-{registration.code[3:]}"
    assert not set(registration.code) & set("01OIL")


def sign_up_at_once(people, capacity=None):
    """People who press the button at the same moment, each on a connection of their own."""
    load_edition(2024)
    edition = Edition.objects.current()
    open_intake(edition, capacity=capacity)
    start, errors = threading.Barrier(people), []

    def one():
        try:
            answers = make_answers(edition)
            start.wait()
            rules.sign_up(edition=edition, answers=answers, language="km", form_token=uuid.uuid4())
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def count(status):
    return Registration.objects.filter(status=status).count()


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_twenty_registrations():
    errors = sign_up_at_once(20)

    assert errors == []
    assert count(Status.CONFIRMED) == 20


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_for_five_places_are_five_and_fifteen_waiting():
    errors = sign_up_at_once(20, capacity=5)

    assert errors == []
    assert (count(Status.CONFIRMED), count(Status.WAITING)) == (5, 15)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_only_the_second_wall_is_left(monkeypatch):
    """The control: if the unique place number turned no participant away here, the tests above would be blind."""
    if connection.vendor == "sqlite":
        # IMMEDIATE transactions alone make SQLite queue; take the transaction away as well.
        monkeypatch.setattr(lock.transaction, "atomic", lambda **_kwargs: NoTransaction())
    monkeypatch.setattr(rules, "place_lock", no_lock)

    errors = sign_up_at_once(20, capacity=5)

    assert IntegrityError in map(type, errors)
    assert count(Status.CONFIRMED) <= 5


class NoTransaction:
    def __enter__(self):
        pass

    def __exit__(self, *_error):
        pass


@contextmanager
def no_lock(edition):
    yield intakes_with_rules().get(edition=edition)
