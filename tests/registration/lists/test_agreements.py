"""What people agree to is used: a list, a filter and a letter for those alone who agreed, by their latest answer."""

import pytest

from registration.choices import Agreement, MessageKind, Subject
from registration.messages import letters
from registration.models import Letter, Message, Registration
from registration.models.registration import ERASED_WORD
from registration.own_page import changing
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.test_registration import LIST
from tests.registration.messages.test_letters import fill_in, hidden

BOTH = (Subject.PARTICIPANT_LIST, Subject.LATER_EVENTS)


def agree(person, answer):
    changing.change_agreements(person, agreements=dict.fromkeys(BOTH, answer), language="en")


@pytest.fixture
def people(edition):
    """Who agreed, and still does; who took it back; who agreed later; who never did."""
    names = ("KUMROU Agreed", "KUMROU Takenback", "KUMROU Later", "KUMROU Never")
    found = [make_registration(edition, name_km="", name_latin=name) for name in names]
    agreed, taken_back, later, _never = found
    for person in (agreed, taken_back):
        agree(person, Agreement.YES)
    for person, answer in ((taken_back, Agreement.NO), (later, Agreement.NO), (later, Agreement.YES)):
        agree(person, answer)
    return found


def in_the_list_to_print(staff, _people, _subject):
    return read(staff.get(f"{LIST}lists/participant-list/"))


def in_the_file(staff, _people, subject):
    code = {Subject.PARTICIPANT_LIST: "participant-list", Subject.LATER_EVENTS: "later-events"}[subject]
    return b"".join(staff.get(f"{LIST}lists/{code}.csv")).decode()


def by_the_filter(staff, _people, subject):
    return read(staff.get(LIST, {"agreed": subject}))


def by_a_letter(staff, people, _subject):
    preview = fill_in(staff, people, kind=MessageKind.LATER_EVENT)
    assert "2 people whom you chose do not get it: they have not agreed to hear of later events." in read(preview)
    staff.post("/admin/registration/registration/write/", hidden(preview) | {"send": "1"})
    return " ".join(message.registration.name_latin for message in Message.objects.exclude(letter=None))


@pytest.mark.parametrize(
    ("find", "subject"),
    [
        (in_the_list_to_print, Subject.PARTICIPANT_LIST),
        *((in_the_file, subject) for subject in BOTH),
        *((by_the_filter, subject) for subject in BOTH),
        (by_a_letter, Subject.LATER_EVENTS),
    ],
)
def test_those_alone_who_agree_now(staff_client, people, find, subject):
    found = find(staff_client, people, subject)

    assert [name for name in ("Agreed", "Takenback", "Later", "Never") if f"KUMROU {name}" in found] == [
        "Agreed",
        "Later",
    ]


def test_list_of_participants_has_who_holds_a_place_and_later_events_the_others_too(staff_client, people):
    transitions.cancel(people[0])

    assert "KUMROU Agreed" not in in_the_file(staff_client, people, Subject.PARTICIPANT_LIST)
    assert "KUMROU Agreed" in in_the_file(staff_client, people, Subject.LATER_EVENTS)


def test_list_of_participants_says_names_and_no_way_to_reach_them(staff_client, people):
    assert "12 000 001" not in in_the_file(staff_client, people, Subject.PARTICIPANT_LIST)
    assert "12 000 001" in in_the_file(staff_client, people, Subject.LATER_EVENTS)


def test_who_took_it_back_before_the_letter_left_gets_none(edition, people):
    keys = [person.pk for person in people]
    agree(people[0], Agreement.NO)

    letters.send(Letter(edition=edition, kind=MessageKind.LATER_EVENT, subject_en="S", body_en="B"), keys)

    assert [message.registration for message in Message.objects.exclude(letter=None)] == [people[2]]


def test_who_is_erased_is_on_no_list(staff_client, people):
    Registration.objects.filter(pk=people[0].pk).update(telegram=ERASED_WORD)

    for subject in BOTH:
        assert "KUMROU Agreed" not in in_the_file(staff_client, people, subject)
