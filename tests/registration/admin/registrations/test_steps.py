"""What staff do with registrations and messages."""

import pytest

from registration.choices import MessageState, Status
from registration.messages import emails
from registration.models import Intake, Message, Registration
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.pages import ask, save_intake, take
from tests.registration.admin.registrations.test_registration import LIST, member_of


@pytest.fixture
def desk(client, db):
    return member_of("Registration desk", client)


def test_desk_confirms_in_the_order_people_came_and_hears_for_whom_there_was_no_place(desk, edition):
    Intake.objects.update(needs_approval=True, capacity=1)
    first, second = make_registration(edition), make_registration(edition)

    text = read(take(desk, "confirm", second, first))

    assert "Done for 1 person." in text
    assert f"No place is free for: {second.spoken_code}" in text
    assert Registration.objects.get(status=Status.CONFIRMED) == first


def test_desk_hears_what_is_not_possible_from_where_a_person_stands(desk, edition):
    person = make_registration(edition)
    take(desk, "cancel", person)

    assert f"Not possible from where they stand now: {person.spoken_code}" in read(take(desk, "wait", person))


def test_page_before_deleting_names_only_what_has_words(staff_client, edition):
    person = make_registration(edition)

    text = read(staff_client.get(f"{LIST}{person.pk}/delete/"))

    assert "Messages: 1" in text
    assert "relationship" not in text
    assert "object (" not in text


def test_desk_declines_with_a_reason(desk, edition):
    person = make_registration(edition)
    assert "Write it kindly" in read(ask(desk, "decline", person))

    take(desk, "decline", person, reason_en="  The hall is full. ")

    person.refresh_from_db()
    assert (person.status, person.decline_reason) == (Status.DECLINED, "The hall is full.")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"reason_en": "Full.", "reason_km": "ពេញហើយ។"}, {"en": "Full.", "km": "ពេញហើយ។"}),
        ({"reason_en": "Full."}, {"en": "Full.", "km": "Full."}),
        ({"reason_km": "ពេញហើយ។"}, {"en": "ពេញហើយ។", "km": "ពេញហើយ។"}),
        ({}, {"en": "", "km": ""}),
    ],
)
def test_each_is_declined_with_the_reason_in_their_language(desk, edition, typed, told):
    people = {language: make_registration(edition) for language in ("en", "km")}
    Registration.objects.filter(pk=people["km"].pk).update(language="km")

    take(desk, "decline", *people.values(), **typed)

    for language, person in people.items():
        person.refresh_from_db()
        assert (person.status, person.decline_reason) == (Status.DECLINED, told[language])
        assert told[language] in emails.text_of(person.messages.get(kind="declined"))


@pytest.mark.parametrize(("action", "status"), [("wait", Status.WAITING), ("cancel", Status.CANCELLED)])
def test_desk_takes_the_other_steps(desk, edition, action, status):
    Intake.objects.update(needs_approval=True, capacity=0)
    person = make_registration(edition)

    take(desk, action, person)

    person.refresh_from_db()
    assert person.status == status


def test_programme_editors_take_no_step(client, edition):
    person = make_registration(edition)

    take(member_of("Programme editors", client), "cancel", person)

    person.refresh_from_db()
    assert person.status == Status.CONFIRMED


def test_raising_the_capacity_offers_places_at_once(staff_client, edition):
    Intake.objects.update(capacity=0)
    person = make_registration(edition)

    save_intake(staff_client, edition.intake, capacity="5")

    person.refresh_from_db()
    assert person.status == Status.OFFERED


def test_call_list_has_the_telephone_and_the_words_to_say(desk, edition):
    person = make_registration(edition, name_latin="SOK Dara")
    message = person.messages.get()

    assert "012 000 001" in read(desk.get("/admin/registration/message/", {"state__exact": MessageState.TO_CALL}))
    assert "Dear SOK Dara," in read(desk.get(f"/admin/registration/message/{message.pk}/change/"))


def test_desk_notes_that_a_person_was_told(desk, edition):
    message = make_registration(edition).messages.get()

    desk.post("/admin/registration/message/", {"action": "mark_called", "_selected_action": [message.pk]})

    assert Message.objects.get().state == MessageState.CALLED
