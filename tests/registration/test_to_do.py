"""What waits for staff, on the admin's first page."""

import pytest

from registration.choices import MessageKind, MessageState
from registration.models import Message
from tests.factories import make_registration
from tests.pages import links, read
from tests.registration.test_admin import member_of


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
    address = f"/admin/registration/message/?state__exact={state}"
    assert address in links(page)
    assert f"{people} message" in read(desk.get(address))


def test_first_page_counts_a_person_to_be_told_two_things_once(client, edition):
    person = make_registration(edition)
    Message.objects.create(registration=person, kind=MessageKind.LINK, state=MessageState.TO_CALL)

    assert "1 person to be told by telephone" in read(member_of("Registration desk", client).get("/admin/"))


def test_first_page_says_nothing_where_nothing_is_to_be_done(client, edition):
    make_messages(edition, MessageState.SENT)

    assert "To do" not in read(member_of("Registration desk", client).get("/admin/"))


@pytest.mark.parametrize("group", ["Programme editors", "Observers"])
def test_first_page_tells_nothing_of_messages_to_who_may_not_see_them(client, edition, group):
    make_messages(edition, MessageState.FAILED)

    text = read(member_of(group, client).get("/admin/"))

    assert "told by telephone" not in text
    assert "could not be sent" not in text
