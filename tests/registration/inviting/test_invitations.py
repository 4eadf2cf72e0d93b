"""Guests and speakers are invited: a place is kept, and their own link says yes or no."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.choices import Role
from agenda.models import Appearance, Session, Speaker
from agenda.publishing import versions
from registration.choices import Agreement, InvitationState, MessageState, Status, Subject
from registration.inviting.programme import without_registration
from registration.links import address_for, invitation_address, invited_by
from registration.messages import outbox
from registration.models import Consent, InclusionAnswers, Intake, Invitation, Message, Registration
from registration.places.hall import Hall, intakes_with_rules
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.test_registration import member_of

LIST = "/admin/registration/invitation/"
GUESTS = "1. H.E. SOK Dara; សុខ ដារ៉ា; Ministry of Samples; speaker; dara@example.org\nCHAN Bopha; 012 323 045"


@pytest.fixture(autouse=True)
def _with_email(settings):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False


@pytest.fixture
def desk(client, db):
    return member_of("Registration desk", client)


def typed(edition, **fields):
    days = [str(day.pk) for day in edition.days.all()]
    columns = {
        "text": GUESTS,
        "days": days,
        "until": "24 March, 12:00",
        "role": "",
        "language": "en",
        "is_told": "yes",
    }
    return columns | fields


def invite(desk, edition, **fields):
    """As staff do: type, look, press."""
    data = typed(edition, **fields)
    look = desk.post(f"{LIST}add/", data)
    assert look.status_code == 200
    keys = [row.key for row, stands, is_ticked in look.context["rows"] if is_ticked]
    return desk.post(f"{LIST}add/", data | {"guest": keys, "invite": "1"}, follow=True)


def answer(client, row, **fields):
    days = [str(day.pk) for day in row.days.all()]
    columns = {"days": days, "data_use": "on", "photos": "yes", "needs_anything": "no", "yes": "1"}
    return client.post(invitation_address(row), columns | fields)


@pytest.fixture
def guest(desk, edition):
    invite(desk, edition)
    return Registration.objects.get(name_latin="SOK Dara")


def left():
    return Hall(intakes_with_rules().get()).left


def test_guests_are_read_looked_at_and_invited_with_a_place_kept(desk, edition):
    Intake.objects.update(capacity=10)
    look = read(desk.post(f"{LIST}add/", typed(edition)))
    assert "Free places: 10." in look
    assert not Registration.objects.exists()

    page = invite(desk, edition)

    assert "2 guests are invited." in read(page)
    assert left() == 8
    dara, bopha = Registration.objects.order_by("pk")
    assert (dara.name_latin, dara.name_km, dara.organisation) == ("SOK Dara", "សុខ ដារ៉ា", "Ministry of Samples")
    assert (dara.part, bopha.part, bopha.phone) == ("speaker", "participant", "+85512323045")
    assert {row.status for row in (dara, bopha)} == {Status.OFFERED}
    assert list(dara.days.all()) == list(edition.days.all())
    assert bopha.messages.get().state == MessageState.TO_CALL
    assert "2 invitations without an answer" in read(desk.get("/admin/"))


def test_guest_without_a_contact_is_named_and_not_invited(desk, edition):
    look = desk.post(f"{LIST}add/", typed(edition, text=f"{GUESTS}\nKEO Kosal, Sample school"))

    assert "add one to the line" in read(look)
    assert [is_ticked for _row, _stands, is_ticked in look.context["rows"]] == [True, True, False]


def test_message_brings_the_link_of_the_invitation_and_no_other(desk, guest):
    outbox.send_due()

    (email,) = mail.outbox
    assert invitation_address(guest) in email.body
    assert "/registration/" not in email.body
    assert "private code" not in email.body


def test_words_to_say_on_the_telephone_name_where_the_link_stands(desk, guest):
    call = Message.objects.get(registration__name_latin="CHAN Bopha")

    text = read(desk.get(f"/admin/registration/message/{call.pk}/change/"))

    assert "We invite you to the conference." in text
    assert "on the page of the invitation" in text
    assert invitation_address(call.registration) not in text


def test_list_asks_the_same_of_the_database_for_few_and_for_many(desk, edition):
    few = "\n".join(f"SAMPLE Guest{name}; 012 345 6{number:02}" for number, name in enumerate("ABCDEFGHIJ"))
    invite(desk, edition, text=few, is_told="no")
    with CaptureQueriesContext(connection) as captured:
        desk.get(LIST)
    Invitation.objects.exclude(pk=Invitation.objects.first().pk).delete()

    with CaptureQueriesContext(connection) as for_one:
        desk.get(LIST)

    assert len(captured) == len(for_one)


def test_staff_may_hand_the_links_over_instead(desk, edition):
    invite(desk, edition, is_told="no")
    row = Registration.objects.get(name_latin="CHAN Bopha")

    assert not Message.objects.exists()
    page = desk.get(f"{LIST}{row.invitation.pk}/change/")
    assert invitation_address(row) in page.text
    for address in (f"{LIST}{row.invitation.pk}/letter/", f"{LIST}letters/?edition={edition.year}"):
        assert invitation_address(row) in desk.get(address).text


def test_pressed_twice_a_guest_is_invited_once_and_who_stands_here_is_left(desk, edition):
    make_registration(edition, name_latin="SOK Dara", name_km="", email="dara@example.org")
    invite(desk, edition)

    assert "Stands here already" in read(desk.post(f"{LIST}add/", typed(edition)))
    keys = [row.key for row, _s, _t in desk.post(f"{LIST}add/", typed(edition)).context["rows"]]
    page = desk.post(f"{LIST}add/", typed(edition, guest=keys, invite="1"), follow=True)

    assert "left as they are" in read(page)
    assert Registration.objects.count() == 2
    assert Invitation.objects.count() == 1


def test_without_enough_places_none_is_invited_and_nothing_typed_is_lost(desk, edition):
    Intake.objects.update(capacity=1)

    page = invite(desk, edition)

    assert "There are not enough free places." in read(page)
    assert "CHAN Bopha" in page.text
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " "}, "Write at least one guest."),
        ({"until": "1 January 2024, 8:00"}, "This moment is over"),
        ({"until": "1 June, 8:00"}, "A place is kept at the longest until"),
        ({"until": "soon"}, "Write a day and a time"),
        ({"days": []}, "Choose at least one day."),
        ({"is_told": ""}, "Say whether they get a message."),
        ({"text": "\n".join(f"SAMPLE Guest {n}; 012 345 6{n:02}" for n in range(101))}, "At most 100 guests"),
    ],
)
def test_mistake_is_named(desk, edition, fields, said):
    assert said in read(desk.post(f"{LIST}add/", typed(edition, **fields)))
    assert not Registration.objects.exists()


def test_guest_says_yes(client, edition, guest):
    first = guest.days.first()

    page = answer(client, guest, days=[str(first.pk)], needs_anything="yes", access_needs=["captions"])

    guest.refresh_from_db()
    assert (guest.status, list(guest.days.all())) == (Status.CONFIRMED, [first])
    agreed = dict(Consent.objects.filter(registration=guest).values_list("subject", "answer"))
    assert agreed[Subject.DATA_USE] == agreed[Subject.PHOTOS] == Agreement.YES
    assert InclusionAnswers.objects.get(registration=guest).access_needs == ["captions"]
    assert guest.invitation.state.label == "comes"
    own = read(client.get(page["Location"]))
    assert guest.spoken_code in own
    assert client.get("/en/registration/needs/").status_code == 403  # staff may have seen the link


def test_guest_who_is_invited_anew_may_say_other_needs_than_before(desk, edition, guest):
    visitor = Client()
    answer(visitor, guest, needs_anything="yes", access_needs=["captions"], food=["vegan"])
    transitions.cancel(guest)
    invite(desk, edition)

    answer(visitor, guest, needs_anything="yes", access_needs=["large_print"])

    guest.refresh_from_db()
    assert guest.status == Status.CONFIRMED
    known = InclusionAnswers.objects.get(registration=guest)
    assert (known.access_needs, known.food) == (["large_print"], [])
    assert "large_print" in known.arrangements.values_list("need", flat=True)


def test_guest_who_does_not_agree_is_asked_once_more_and_loses_nothing(client, guest):
    page = answer(client, guest, data_use="", needs_anything="yes", access_note="CANARY")

    assert "Tick that you agree" in read(page)
    assert "CANARY" in page.text
    assert Registration.objects.get(pk=guest.pk).status == Status.OFFERED


def test_guest_says_no_after_being_asked_and_the_place_is_free(client, guest):
    Intake.objects.update(capacity=2)
    Message.objects.all().delete()
    assert "Then the place goes to another person." in read(client.post(invitation_address(guest), {"no": "1"}))
    assert left() == 0

    client.post(invitation_address(guest), {"no": "1", "sure": "1"})

    guest.refresh_from_db()
    assert (guest.status, left()) == (Status.CANCELLED, 1)
    assert guest.invitation.state.label == "cannot come"
    assert not Message.objects.filter(registration=guest).exists()


def test_used_link_is_answered_as_one_that_never_was(client, desk, edition):
    invite(desk, edition)
    dara, bopha = Registration.objects.order_by("pk")
    client.logout()
    wrong = client.get("/en/invitation/AAAAAAA-00000000000000000000000000000000/")
    answer(client, dara)
    client.post(invitation_address(bopha), {"no": "1", "sure": "1"})
    client.cookies.clear()

    for row in (dara, bopha):
        page = client.get(invitation_address(row))
        assert (page.status_code, read(page)) == (404, read(wrong))
        for name in (row.shown_name, row.spoken_code):
            assert name not in read(page)


@pytest.mark.parametrize("change", [{"offered_until": timezone.now() - timedelta(days=1)}, {"code": "AAAAAAA"}])
def test_link_that_ran_out_or_is_of_another_number_opens_nothing(guest, change):
    token = invitation_address(guest).strip("/").split("/")[-1]
    assert invited_by(token) == guest

    Registration.objects.filter(pk=guest.pk).update(**change)

    assert invited_by(token) is None


def test_place_goes_on_when_its_date_comes_without_a_word_to_the_guest_and_staff_may_ask_again(desk, edition, guest):
    Message.objects.all().delete()
    Registration.objects.filter(pk=guest.pk).update(offered_until=timezone.now())

    transitions.offer_free_places(edition)
    guest.refresh_from_db()
    assert guest.status == Status.CANCELLED
    assert not Message.objects.filter(registration=guest).exists()
    assert "has not said yes, and the place is free again" in read(desk.get(f"{LIST}?state=over"))

    desk.post(f"{LIST}{guest.invitation.pk}/change/", {"until": "25 March, 9:00"})

    guest.refresh_from_db()
    assert guest.status == Status.OFFERED
    assert desk.get(f"{LIST}?state=waiting").text.count("SOK Dara") == 1


def test_own_page_leads_a_guest_to_the_questions_before_a_place_is_confirmed(client, guest):
    client.get(address_for(guest))

    page = client.post("/en/registration/accept/")

    assert page["Location"] == invitation_address(guest)
    assert Registration.objects.get(pk=guest.pk).status == Status.OFFERED


def test_people_of_the_programme_are_offered_until_they_are_invited(desk, edition):
    for name, role in (("SAMPLE First", Role.SPEAKER), ("SAMPLE Second", Role.INTERPRETER)):
        Appearance.objects.create(
            session=Session.objects.first(), speaker=Speaker.objects.create(name_en=name), role=role
        )
    versions.publish(edition, by=None)
    everybody = without_registration(edition)
    person = everybody[0]
    page = desk.get(f"{LIST}add/?edition={edition.year}&programme=1")
    assert "SAMPLE First; Speaker;" in page.text
    assert "SAMPLE Second; Interpreter;" in page.text

    invite(desk, edition, text=f"{person.name.en}; sample@example.org")

    assert Invitation.objects.get().speaker_id == person.key
    assert [one.key for one in without_registration(edition)] == [one.key for one in everybody[1:]]


@pytest.mark.parametrize("group", ["Programme editors", "Inclusion officers", "Travel desk", "Observers"])
def test_who_may_not_invite_sees_no_link(client, edition, guest, group):
    member = member_of(group, client)

    for address in (LIST, f"{LIST}add/", f"{LIST}{guest.invitation.pk}/change/", f"{LIST}letters/"):
        assert member.get(address).status_code == 403
    assert "without an answer" not in read(member.get("/admin/"))


def test_staff_without_the_rights_learn_of_no_invitation(edition, guest):
    visitor = member_of("Travel desk", Client())

    for key in (guest.invitation.pk, guest.invitation.pk + 1000):
        assert visitor.get(f"{LIST}{key}/letter/").status_code == 403


def _put_back(guest):
    Registration.objects.filter(pk=guest.pk).update(status=Status.RECEIVED, place_no=None, offered_until=None)


@pytest.mark.parametrize(
    ("step", "state"),
    [
        (lambda guest, staff: transitions.accept_offer(guest), "comes"),  # told staff on the telephone
        (lambda guest, staff: transitions.cancel(guest, by=staff), "has not said yes, and the place is free again"),
        (lambda guest, staff: _put_back(guest), "neither: see the registration"),
    ],
)
def test_list_says_how_a_guest_stands_whoever_noted_it(desk, guest, django_user_model, step, state):
    step(guest, django_user_model.objects.create_user("colleague"))

    invitation = Invitation.objects.get(registration=guest)
    assert invitation.state.label == state
    found = {one: Invitation.objects.that_stand(one).filter(pk=invitation.pk).exists() for one in InvitationState}
    assert [one for one, is_in in found.items() if is_in] == [invitation.state]
    assert desk.get(f"{LIST}?state={invitation.state.value}").text.count("SOK Dara") == 1


def test_guest_who_cancels_after_a_yes_does_not_come(client, desk, guest):
    answer(client, guest)
    transitions.cancel(Registration.objects.get(pk=guest.pk))

    assert Invitation.objects.get(registration=guest).state.label == "cannot come"
    assert "SOK Dara" not in desk.get(f"{LIST}?state=yes").text
    assert "The guest’s own answer: comes" in read(desk.get(f"{LIST}{guest.invitation.pk}/change/"))
