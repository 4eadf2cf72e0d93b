"""Access needs become arrangements."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conference.models import Edition
from registration.access import arrangements
from registration.choices import AccessNeed, ArrangementState, MessageKind, MessageState, Status, ToldHow
from registration.links import address_for
from registration.messages.emails import text_of
from registration.models import Arrangement, InclusionAnswers, Message
from registration.models.arrangement import OTHER
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.pages import links, read

MINE = "/en/registration/arrangements/"
NEEDS = {
    "access_needs": ["quiet_room", "sign_language"],
    "languages": ["km", "csl"],
    "assistant_name": "KANARI Assistant",
    "access_note": "kanari note",
}


@pytest.fixture
def officer(db):
    return get_user_model().objects.create_user("officer")


@pytest.fixture
def person(edition):
    return make_registration(edition, inclusion=NEEDS)


def needs(registration):
    return [row.need for row in Arrangement.objects.of(registration)]


def only(registration, need):
    """The arrangement for one need, as rows to choose from."""
    keys = [row.pk for row in Arrangement.objects.of(registration) if row.need == need]
    return Arrangement.objects.filter(pk__in=keys)


def change_answers(registration, **columns):
    answers = registration.inclusion_answers
    for name, value in columns.items():
        setattr(answers, name, value)
    answers.save()
    arrangements.arrange(answers)


# --- From answers to arrangements ------------------------------------------------------------------------------------


def test_every_need_becomes_one_arrangement_wherever_it_was_said(person):
    assert needs(person) == [AccessNeed.QUIET_ROOM, AccessNeed.SIGN_LANGUAGE, AccessNeed.ASSISTANT, OTHER]
    assert {row.state for row in Arrangement.objects.all()} == {ArrangementState.REQUESTED}


def test_sign_up_without_needs_costs_no_query(edition):
    make_registration(edition)

    with CaptureQueriesContext(connection) as queries:
        make_registration(edition)

    assert not [query for query in queries if "registration_arrangement" in query["sql"]]
    assert not Arrangement.objects.exists()


@pytest.mark.parametrize("chosen", [["quiet_room"], [value for value in AccessNeed.values if value != "assistant"]])
def test_needs_cost_a_sign_up_one_query_however_many(edition, chosen):
    with CaptureQueriesContext(connection) as queries:
        make_registration(edition, inclusion={"access_needs": chosen})

    assert len([query for query in queries if "registration_arrangement" in query["sql"]]) == 1


def test_database_tells_no_need(person):
    with connection.cursor() as cursor:
        cursor.execute("SELECT need, note, provider, offered_instead FROM registration_arrangement")
        stored = str(cursor.fetchall())

    assert "quiet_room" not in stored


def test_need_that_comes_later_is_added_and_the_others_are_left(person, officer):
    arrangements.move(only(person, AccessNeed.QUIET_ROOM), ArrangementState.BOOKED, by=officer)

    change_answers(person, access_needs=["quiet_room", "sign_language", "large_print"])
    arrangements.arrange(person.inclusion_answers)

    assert needs(person) == ["quiet_room", "sign_language", "assistant", OTHER, "large_print"]
    assert only(person, AccessNeed.QUIET_ROOM).get().state == ArrangementState.BOOKED


def test_need_that_is_taken_back_goes_unless_staff_worked_on_it(person, officer):
    arrangements.move(only(person, AccessNeed.SIGN_LANGUAGE), ArrangementState.BOOKED, by=officer)

    change_answers(person, access_needs=[], languages=["km"], assistant_name="", access_note="")

    assert needs(person) == [AccessNeed.SIGN_LANGUAGE]


def test_arrangements_go_with_the_answers_and_with_the_person(person):
    InclusionAnswers.objects.all().delete()
    assert not Arrangement.objects.exists()


def test_person_who_erases_everything_leaves_no_arrangement(person):
    transitions.erase(person)

    assert not Arrangement.objects.exists()


# --- From requested to told ------------------------------------------------------------------------------------------


def test_step_notes_who_and_when_and_leads_forward_only(person, officer):
    room = only(person, AccessNeed.QUIET_ROOM)

    assert arrangements.move(room, ArrangementState.CONFIRMED, by=officer) == 1
    assert arrangements.move(room, ArrangementState.BOOKED, by=officer) == 0

    row = room.get()
    assert (row.state, row.changed_by) == (ArrangementState.CONFIRMED, officer)
    assert timezone.now() - row.changed_at < timedelta(minutes=1)


def test_only_what_is_settled_can_be_told(person, officer):
    room, signing, assistant = (only(person, need) for need in ("quiet_room", "sign_language", "assistant"))
    room.update(state=ArrangementState.CONFIRMED)
    signing.update(state=ArrangementState.NOT_POSSIBLE)

    assert arrangements.note_told(Arrangement.objects.all(), ToldHow.TELEPHONE, by=officer) == 2

    assert (room.get().state, room.get().told_how) == (ArrangementState.TOLD, ToldHow.TELEPHONE)
    assert (signing.get().state, signing.get().told_how) == (ArrangementState.NOT_POSSIBLE, ToldHow.TELEPHONE)
    assert assistant.get().told_how == ""


def test_arrangement_is_open_until_the_person_knows_or_does_not_come(person, officer):
    assert Arrangement.objects.open().count() == 4

    only(person, OTHER).update(state=ArrangementState.CONFIRMED)
    assert Arrangement.objects.open().count() == 4

    arrangements.note_told(Arrangement.objects.all(), ToldHow.EMAIL, by=officer)
    assert Arrangement.objects.open().count() == 3

    transitions.cancel(person)
    assert not Arrangement.objects.open().exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"state": ArrangementState.TOLD},
        {"state": ArrangementState.BOOKED, "told_how": ToldHow.EMAIL},
        {"cost": 10},
        {"currency": "USD"},
        {"cost": -1, "currency": "KHR"},
    ],
)
def test_database_refuses_what_makes_no_sense(person, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrangement.objects.update(**columns)


@pytest.mark.parametrize(
    ("need", "days_before", "is_late"),
    [
        (AccessNeed.SIGN_LANGUAGE, 21, False),
        (AccessNeed.SIGN_LANGUAGE, 20, True),
        (AccessNeed.QUIET_ROOM, 20, False),
        (AccessNeed.QUIET_ROOM, 6, True),
    ],
)
def test_interpreters_are_late_three_weeks_before_the_first_day(person, need, days_before, is_late):
    first_day = timezone.localdate() + timedelta(days=days_before)
    Edition.objects.update(starts_on=first_day, ends_on=first_day)

    assert only(person, need).get().is_late == is_late


# --- Telling -----------------------------------------------------------------------------------------------------


def test_telling_puts_one_harmless_message_for_each_person(person, edition):
    other_participant = make_registration(edition, inclusion={"access_needs": ["captions"]})
    Arrangement.objects.of(person).update(state=ArrangementState.CONFIRMED)

    assert arrangements.tell(Arrangement.objects.all()) == 1

    message = Message.objects.get(kind=MessageKind.OWN_NEWS)
    words = text_of(message)
    assert (message.registration, message.state) == (person, MessageState.TO_CALL)
    assert "There is news for you: it is on your own page." in words
    for harm in ("quiet", "Sign", "KANARI", "kanari", "access", "Assistant"):
        assert harm not in words
    assert not other_participant.messages.filter(kind=MessageKind.OWN_NEWS).exists()


def test_kind_of_the_message_tells_the_desk_nothing_of_needs():
    assert "need" not in str(MessageKind.OWN_NEWS.label)
    assert "arrange" not in f"{MessageKind.OWN_NEWS} {MessageKind.OWN_NEWS.label}"


def test_telling_again_waits_until_the_first_message_is_through(person):
    Arrangement.objects.of(person).update(state=ArrangementState.CONFIRMED)
    arrangements.tell(Arrangement.objects.all())

    assert arrangements.tell(Arrangement.objects.all()) == 0

    Message.objects.update(state=MessageState.CALLED)
    assert arrangements.tell(Arrangement.objects.all()) == 1


# --- The person's own page -------------------------------------------------------------------------------------------


def test_person_reads_how_far_it_is_on_a_page_of_its_own(client, person):
    only(person, AccessNeed.SIGN_LANGUAGE).update(state=ArrangementState.BOOKED)
    only(person, AccessNeed.QUIET_ROOM).update(
        state=ArrangementState.NOT_POSSIBLE, offered_instead="a corner of the library"
    )
    client.get(address_for(person))

    own, mine = client.get("/en/registration/"), client.get(MINE)

    assert "Cambodian Sign Language interpretation" not in read(own)
    assert MINE in links(own)
    text = read(mine)
    assert "Cambodian Sign Language interpretation: booked" in text
    assert "A quiet room: not possible" in text
    assert "What we offer instead: a corner of the library" in text
    assert "kanari note" in text
    assert reverse("registration:own_needs") in links(mine)
    assert (mine["Referrer-Policy"], "no-store" in mine["Cache-Control"]) == ("same-origin", True)


def test_person_reads_it_in_khmer(client, person):
    only(person, AccessNeed.SIGN_LANGUAGE).update(state=ArrangementState.BOOKED)
    client.get(address_for(person))

    assert "ការបកប្រែភាសាសញ្ញាកម្ពុជា៖ បានកក់ទុក" in read(client.get(MINE.replace("/en/", "/km/")))


def test_person_reads_confirmed_where_we_noted_that_they_know(client, person):
    only(person, AccessNeed.QUIET_ROOM).update(state=ArrangementState.TOLD, told_how=ToldHow.TELEPHONE)
    client.get(address_for(person))

    assert "A quiet room: confirmed" in read(client.get(MINE))


def test_who_asked_for_nothing_reads_so(client, edition):
    client.get(address_for(make_registration(edition)))

    assert "You have asked for nothing." in read(client.get(MINE))


def test_needs_are_closed_without_the_link_and_to_others(client, person):
    assert client.get(MINE).status_code == 404
    client.get(address_for(make_registration(person.edition)))

    assert "kanari" not in client.get(MINE).content.decode().lower()


def test_download_holds_the_arrangements(client, person):
    client.get(address_for(person))

    data = client.get("/en/registration/data.json").json()

    assert [row["need"] for row in data["arrangements"]] == needs(person)
    assert person.status == Status.CONFIRMED
