"""A place that becomes free is passed on by one rule, wherever it becomes free. Where staff decide, staff decide."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from registration.choices import MessageKind, Status
from registration.links import address_for
from registration.models import DayPlaces, Intake, Registration
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.pages import save_intake, save_registration, take
from tests.registration.admin.registrations.test_registration import LIST
from tests.registration.own_page.test_changes_from_every_side import on_the_own_page


def kinds(person):
    """What the person was told, in order."""
    return list(person.messages.order_by("pk").values_list("kind", flat=True))


def status(person):
    return Registration.objects.get(pk=person.pk).status


@pytest.fixture
def decided_by_staff(edition):
    """Ten places."""
    Intake.objects.update(needs_approval=True, capacity=10, changes_until=timezone.now() + timedelta(days=1))
    return edition


@pytest.fixture
def people(decided_by_staff):
    """One who holds a place, and two whom staff let wait although places are free."""
    holds, waits, waits_longer = (make_registration(decided_by_staff) for _number in range(3))
    transitions.confirm(holds)
    for person in (waits, waits_longer):
        transitions.put_on_waiting_list(person)
    return holds, waits, waits_longer


# --- Waiting --------------------------------------------------------------------------------------------------------


def test_who_is_put_on_the_waiting_list_waits_although_places_are_free(staff_client, decided_by_staff):
    people = [make_registration(decided_by_staff) for _number in range(3)]

    text = read(take(staff_client, "wait", *people))

    assert {status(person) for person in people} == {Status.WAITING}
    assert [kinds(person) for person in people] == [[MessageKind.RECEIVED, MessageKind.WAITING]] * 3
    assert "A place is offered" not in text


def test_where_the_rules_decide_a_free_place_is_offered_with_one_message(staff_client, decided_by_staff):
    """Staff have stopped deciding on each, and let a person wait who was received before."""
    person = make_registration(decided_by_staff)
    Intake.objects.update(needs_approval=False)

    text = read(take(staff_client, "wait", person))

    assert (status(person), kinds(person)) == (Status.OFFERED, [MessageKind.RECEIVED, MessageKind.OFFERED])
    assert f"A place is offered to 1 person who was waiting: {person.spoken_code}" in text


def test_next_newcomer_and_the_next_confirmed_wake_no_one_who_waits(people, decided_by_staff):
    _holds, waits, waits_longer = people

    transitions.confirm(make_registration(decided_by_staff))
    call_command("tend_registration")

    assert [status(waits), status(waits_longer)] == [Status.WAITING] * 2


# --- A place that becomes free ---------------------------------------------------------------------------------------


def cancelled_on_the_own_page(_staff, person):
    client = Client()
    client.get(address_for(person))
    client.post("/en/registration/cancel/")


def erased_on_the_own_page(_staff, person):
    client = Client()
    client.get(address_for(person))
    client.post("/en/registration/erase/")


def a_day_given_up_on_the_own_page(_staff, person):
    first = person.edition.days.first()
    DayPlaces.objects.create(intake=person.edition.intake, day=first, places=1)
    on_the_own_page(_staff, person, days=[day.pk for day in person.edition.days.exclude(pk=first.pk)])


def a_day_taken_away_by_staff(staff, person):
    first = person.edition.days.first()
    DayPlaces.objects.create(intake=person.edition.intake, day=first, places=1)
    return save_registration(staff, person, days=[day.pk for day in person.edition.days.exclude(pk=first.pk)])


def cancelled_by_staff(staff, person):
    return take(staff, "cancel", person)


def declined_by_staff(staff, person):
    return take(staff, "decline", person)


def deleted_on_its_page(staff, person):
    return staff.post(f"{LIST}{person.pk}/delete/", {"post": "yes"}, follow=True)


def deleted_from_the_list(staff, person):
    return take(staff, "delete_selected", person, post="yes")


def one_place_more(staff, person):
    return save_intake(staff, person.edition.intake, capacity="11", needs_approval="on")


def an_offer_that_ran_out(_staff, person):
    now = timezone.now()
    Registration.objects.filter(pk=person.pk).update(status=Status.OFFERED, offered_until=now)
    call_command("tend_registration")


def two_made_one(staff, person):
    other = make_registration(person.edition)
    transitions.confirm(other)
    return staff.post(f"{LIST}{person.pk}/merge/{other.pk}/", {"keep": person.pk}, follow=True)


BY_STAFF = [
    *(a_day_taken_away_by_staff, cancelled_by_staff, declined_by_staff, deleted_on_its_page, deleted_from_the_list),
    one_place_more,
    two_made_one,
]
ELSEWHERE = [
    *(cancelled_on_the_own_page, erased_on_the_own_page, a_day_given_up_on_the_own_page, an_offer_that_ran_out),
]


@pytest.mark.parametrize("free", [*BY_STAFF, *ELSEWHERE])
def test_one_place_that_becomes_free_is_offered_to_one_person(staff_client, people, free):
    holds, waits, waits_longer = people

    response = free(staff_client, holds)

    assert [status(waits), status(waits_longer)] == [Status.OFFERED, Status.WAITING]
    assert kinds(waits) == [MessageKind.RECEIVED, MessageKind.WAITING, MessageKind.OFFERED]
    if free in BY_STAFF:
        assert f"A place is offered to 1 person who was waiting: {waits.spoken_code} (until " in read(response)


@pytest.mark.parametrize("action", ["cancel", "decline"])
def test_place_is_offered_to_none_who_go_in_the_same_step(staff_client, people, action):
    holds, waits, waits_longer = people

    take(staff_client, action, holds, waits, reason="")

    assert MessageKind.OFFERED not in kinds(waits)
    assert status(waits_longer) == Status.OFFERED


def test_staff_who_take_the_limit_away_offer_places_to_all(staff_client, people):
    text = read(save_intake(staff_client, Intake.objects.get(), needs_approval="on"))

    assert [status(person) for person in people] == [Status.CONFIRMED, Status.OFFERED, Status.OFFERED]
    assert "A place is offered to 2 people who were waiting" in text


def test_staff_who_change_only_words_offer_nothing(staff_client, people):
    save_intake(staff_client, Intake.objects.get(), capacity="10", needs_approval="on", words_open_en="Welcome")

    assert [status(person) for person in people] == [Status.CONFIRMED, Status.WAITING, Status.WAITING]


# --- Nothing that becomes free ---------------------------------------------------------------------------------------


def a_limit_where_there_was_none(staff, _person):
    Intake.objects.update(capacity=None)
    save_intake(staff, Intake.objects.get(), capacity="30", needs_approval="on")


def a_lower_limit(staff, _person):
    save_intake(staff, Intake.objects.get(), capacity="5", needs_approval="on")


def a_day_with_a_limit_where_there_was_none(staff, person):
    day = person.edition.days.first()
    limit = {"day_places-TOTAL_FORMS": 1, "day_places-0-day": day.pk, "day_places-0-places": 5}
    save_intake(staff, Intake.objects.get(), capacity="10", needs_approval="on", **limit)
    assert DayPlaces.objects.get().places == 5


def a_cancelled_place_where_there_is_no_limit(staff, person):
    Intake.objects.update(capacity=None)
    take(staff, "cancel", person)


def a_day_without_a_limit_given_up_on_the_own_page(staff, person):
    on_the_own_page(staff, person, days=[person.edition.days.last().pk])


def a_day_without_a_limit_taken_away_by_staff(staff, person):
    save_registration(staff, person, days=[person.edition.days.last().pk])


def a_day_on_which_too_many_come(staff, person):
    first, second = person.edition.days.all()
    DayPlaces.objects.create(intake=person.edition.intake, day=first, places=0)
    save_registration(staff, person, days=[second.pk])


@pytest.mark.parametrize(
    "step",
    [
        *(a_limit_where_there_was_none, a_lower_limit, a_day_with_a_limit_where_there_was_none),
        *(a_cancelled_place_where_there_is_no_limit, a_day_on_which_too_many_come),
        *(a_day_without_a_limit_given_up_on_the_own_page, a_day_without_a_limit_taken_away_by_staff),
    ],
)
def test_where_staff_decide_nothing_is_offered_that_did_not_become_free(staff_client, people, step):
    holds, waits, waits_longer = people

    step(staff_client, holds)

    assert [status(waits), status(waits_longer)] == [Status.WAITING] * 2
    assert kinds(waits) == [MessageKind.RECEIVED, MessageKind.WAITING]


def test_place_on_a_day_is_offered_only_to_who_comes_on_that_day(staff_client, people):
    holds, waits, waits_longer = people
    waits.days.set([holds.edition.days.last()])

    a_day_taken_away_by_staff(staff_client, holds)

    assert [status(waits), status(waits_longer)] == [Status.WAITING, Status.OFFERED]


def test_places_added_in_all_and_on_a_day_are_offered_once(staff_client, people):
    """Ten places and one on the first day become eleven and two: that is one place more for who comes on both."""
    holds, waits, waits_longer = people
    row = DayPlaces.objects.create(intake=holds.edition.intake, day=holds.edition.days.first(), places=1)
    limit = {"day_places-TOTAL_FORMS": 1, "day_places-INITIAL_FORMS": 1, "day_places-0-id": row.pk}
    limit |= {"day_places-0-intake": row.intake_id, "day_places-0-day": row.day_id, "day_places-0-places": 2}

    save_intake(staff_client, Intake.objects.get(), capacity="11", needs_approval="on", **limit)

    assert [status(waits), status(waits_longer)] == [Status.OFFERED, Status.WAITING]
