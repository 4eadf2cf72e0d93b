"""What waits for staff, on the admin's first page."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from registration.choices import MessageKind, MessageState
from registration.models import GuardianCall, Intake, Message, Registration
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import member_of


def make_messages(edition, state, people=1):
    for _person in range(people):
        make_registration(edition).messages.update(state=state)


@pytest.mark.parametrize(
    ("state", "people", "words"),
    [
        (MessageState.FAILED, 1, "1 message could not be sent"),
        (MessageState.FAILED, 3, "3 messages could not be sent"),
        (MessageState.TO_CALL, 1, "1 person to be told by telephone"),
        (MessageState.TO_CALL, 5, "5 people to be told by telephone"),
    ],
)
def test_first_page_says_what_is_to_be_done_and_leads_there(client, edition, state, people, words):
    make_messages(edition, state, people)
    desk = member_of("Registration desk", client)

    page = desk.get("/admin/")

    assert words in read(page)
    address = f"/admin/registration/message/?edition=all&state__exact={state}"
    assert address in links(page)
    assert f"{people} message" in read(desk.get(address))


def test_first_page_counts_a_person_to_be_told_two_things_once(client, edition):
    person = make_registration(edition)
    Message.objects.create(registration=person, kind=MessageKind.LINK, state=MessageState.TO_CALL)

    assert "1 person to be told by telephone" in read(member_of("Registration desk", client).get("/admin/"))


def test_first_page_says_nothing_where_nothing_is_to_be_done(client, edition):
    make_messages(edition, MessageState.SENT)

    page = member_of("Registration desk", client).get("/admin/").text

    assert '<li class="tile people">' in page
    assert '<li class="tile">' not in page
    assert '<li class="tile urgent">' not in page


def test_inclusion_officers_are_told_of_merged_registrations_that_are_closed(client, edition):
    closed, given_up = make_registration(edition), make_registration(edition, name_latin="SOK Sara")
    make_registration(edition, name_latin="SOK Dara")
    Registration.objects.filter(pk__in=[closed.pk, given_up.pk]).update(is_sealed=True)
    transitions.cancel(given_up)
    officer = member_of("Inclusion officers", client)

    page = officer.get("/admin/")

    assert "1 merged registration whose private answers are closed" in read(page)
    address = "/admin/registration/registration/?edition=all&closed=yes"
    assert address in links(page)
    shown = read(officer.get(address))
    assert closed.spoken_code in shown
    assert "1 registration" in shown
    assert "merged registration" not in read(member_of("Registration desk", client).get("/admin/"))


@pytest.mark.parametrize("group", ["Programme editors", "Observers"])
def test_first_page_tells_nothing_of_messages_to_who_may_not_see_them(client, edition, group):
    make_messages(edition, MessageState.FAILED)

    text = read(member_of(group, client).get("/admin/"))

    assert "told by telephone" not in text
    assert "could not be sent" not in text


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("Registration desk", "2 registrations to decide on"),
        ("Travel approvers", "1 travel request to decide on"),
        ("Observers", "Personal data is erased on"),
    ],
)
def test_first_page_tells_each_group_what_waits_for_it(client, edition, group, words):
    soon = timezone.localdate() + timedelta(days=5)
    Intake.objects.update(needs_approval=True, erase_sensitive_on=soon)
    make_registration(edition)
    make_registration(edition, travel={"nights": ["2024-03-26"]}, province="15")

    assert words in read(member_of(group, client).get("/admin/"))


def test_first_page_does_not_remind_of_an_erasure_that_is_far_away(client, edition):
    Intake.objects.update(erase_sensitive_on=timezone.localdate() + timedelta(days=60))

    assert "Personal data is erased on" not in read(member_of("Observers", client).get("/admin/"))


def test_guardian_to_be_called_waits_for_staff_who_may_call(edition, staff_client):
    GuardianCall.objects.create(edition=edition, parent_key=uuid.uuid4(), guardian_name="x", guardian_phone="x")

    assert "1 parent or guardian to call" in read(staff_client.get("/admin/"))
