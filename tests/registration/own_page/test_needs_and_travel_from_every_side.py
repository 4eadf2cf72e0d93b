"""Needs and the journey are written down by one rule: by the participant, or by the officers to whom they say it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from registration.choices import Change
from registration.links import address_for
from registration.models import AccessLog, Arrangement, InclusionAnswers, Intake, Step, TravelRequest
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import LIST, member_of
from tests.travel_factories import decide

OFFICERS = {"needs": "Inclusion officers", "travel": "Travel desk"}
NEEDS = {"languages": ["km"], "access_needs": ["step_free"], "access_note": "CANARY ramp"}
TRAVEL = {"needs_travel": "yes", "nights": ["2024-03-25"], "mode": "bus", "name_on_id": "CANARY name"}
TYPED = {"needs": NEEDS, "travel": TRAVEL}


def on_the_own_page(person, part, data):
    client = Client()
    client.get(address_for(person))
    return client.post(f"/en/registration/{part}/", data, follow=True)


def in_the_admin(person, part, data):
    told = {"told_how": "telephone", "told_agreed": "on"}
    return member_of(OFFICERS[part], Client()).post(f"{LIST}{person.pk}/{part}/", data | told, follow=True)


every_side = pytest.mark.parametrize("send", [on_the_own_page, in_the_admin])
both = pytest.mark.parametrize("part", ["needs", "travel"])


@pytest.fixture
def person(edition):
    Intake.objects.update(changes_until=timezone.now() + timedelta(days=1))
    return make_registration(edition, province="02")


def stored():
    """What is known of needs and journey."""
    needs = list(InclusionAnswers.objects.values_list("access_needs", "access_note"))
    travel = list(TravelRequest.objects.values_list("nights", "mode", "name_on_id"))
    return needs, travel, sorted(row.need for row in Arrangement.objects.all())


@every_side
@both
def test_what_is_said_is_stored_with_its_arrangements_and_its_step(person, part, send):
    send(person, part, TYPED[part])

    needs, travel, arranged = stored()
    if part == "needs":
        assert (needs, arranged) == ([(["step_free"], "CANARY ramp")], ["other", "step_free"])
    else:
        assert travel == [(["2024-03-25"], "bus", "CANARY name")]
    step = Step.objects.get()
    assert (step.what, step.columns) == (Change(part), [])
    assert (step.by is not None) == (send is in_the_admin)


@every_side
@both
def test_person_who_does_not_come_is_refused_and_nothing_is_stored(person, part, send):
    transitions.cancel(person)
    before, steps = stored(), Step.objects.count()

    send(person, part, TYPED[part])

    assert (stored(), Step.objects.count()) == (before, steps)


@every_side
@both
def test_answers_that_are_erased_are_not_given_again(person, part, send):
    Intake.objects.update(erase_sensitive_on=timezone.localdate())
    before = stored()

    send(person, part, TYPED[part])

    assert stored() == before


@every_side
def test_mistake_is_said_and_nothing_typed_is_lost(person, send):
    before = stored()

    response = send(person, "needs", NEEDS | {"food": ["allergy"]})

    assert "Write which allergy you have." in read(response)
    assert "CANARY ramp" in response.content.decode()
    assert stored() == before


@every_side
def test_journey_from_phnom_penh_is_not_paid(edition, person, send):
    response = send(make_registration(edition, phone="+85512000002"), "travel", TRAVEL)

    assert "ODC pays the journey from other provinces." in read(response)
    assert not TravelRequest.objects.exists()


@every_side
def test_request_on_which_the_desk_has_worked_is_not_taken_back(edition, send):
    Intake.objects.update(changes_until=timezone.now() + timedelta(days=1))
    person = make_registration(edition, province="02", travel={"mode": "bus"})
    decide(person.travel_request)

    send(person, "travel", {"needs_travel": "no"})

    assert TravelRequest.objects.count() == 1


@both
def test_staff_write_down_also_after_participants_can_no_longer(person, part):
    Intake.objects.update(changes_until=timezone.now() - timedelta(days=1))
    before = stored()
    on_the_own_page(person, part, TYPED[part])
    assert stored() == before

    in_the_admin(person, part, TYPED[part])

    assert stored() != before


@both
def test_page_is_for_its_officers_and_every_look_leaves_a_line(person, part):
    for group in ("Programme editors", "Registration desk", "Inclusion officers", "Travel desk", "Travel approvers"):
        staff = member_of(group, Client())
        for ask in (staff.get, staff.post):
            status = ask(f"{LIST}{person.pk}/{part}/").status_code
            assert status == (200 if group == OFFICERS[part] else 403), group

    lines = AccessLog.objects.all()
    assert [line.user.username for line in lines] == [OFFICERS[part]] * 2
    assert {line.subject for line in lines} == {f"{part} {person.spoken_code}"}
    assert "access_note" in lines[0].columns or "name_on_id" in lines[0].columns


@both
@pytest.mark.parametrize("language", ["en", "km"])
def test_officers_find_the_page_on_the_registration_and_the_desk_does_not(person, part, language):
    officer, desk = member_of(OFFICERS[part], Client()), member_of("Registration desk", Client())
    officer.cookies["language"] = language

    page = f"{LIST}{person.pk}/{part}/"
    assert page in links(officer.get(f"{LIST}{person.pk}/change/"))
    assert page not in links(desk.get(f"{LIST}{person.pk}/change/"))
    assert f'<html lang="{language}"' in officer.get(page).content.decode()


def test_person_who_is_erased_meanwhile_is_not_found(person):
    assert member_of("Travel desk", Client()).get(f"{LIST}{person.pk + 1}/travel/").status_code == 404
