"""The call list with its tries: who was called when, what came of it, and who is called next."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from conference import clock
from registration.choices import MessageState
from registration.lists import files
from registration.messages import calls
from registration.messages.call_list import call_list
from registration.models import Call, Message
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.messages.test_messages import MESSAGES, act
from tests.registration.admin.registrations.test_registration import member_of

TO_CALL = f"{MESSAGES}?state__exact=to_call"


@pytest.fixture
def desk(client, db):
    return member_of("Registration desk", client)


@pytest.fixture
def colleague(desk, django_user_model):
    return django_user_model.objects.get(username="Registration desk")


@pytest.fixture
def messages(edition):
    """Four people to be called, in the order in which they signed up."""
    for number in range(4):
        make_registration(edition, phone=f"+8551200000{number}", name_latin=f"SAMPLE {'ABCD'[number]}")
    Message.objects.update(state=MessageState.TO_CALL)
    return list(Message.objects.order_by("pk"))


def only(message):
    return Message.objects.filter(pk=message.pk)


def again(client, message, day, time):
    """As the page of a message sends it."""
    sent = {"action": "call_again", "_selected_action": [message.pk], "day": day, "time": time}
    return client.post(MESSAGES, sent, follow=True)


def test_who_called_when_and_what_came_of_it_is_kept(desk, colleague, messages):
    act(desk, "no_answer", messages[0])
    act(desk, "mark_called", messages[0])

    assert list(Call.objects.values_list("message", "by", "result")) == [
        (messages[0].pk, colleague.pk, "no_answer"),
        (messages[0].pk, colleague.pk, "told"),
    ]
    page = read(desk.get(f"{MESSAGES}{messages[0].pk}/change/"))
    assert "no answer (Registration desk)" in page
    assert "told (Registration desk)" in page


def test_what_waits_for_no_call_has_no_call_noted(desk, messages):
    only(messages[0]).update(state=MessageState.SENT)

    assert "Done for 0 messages." in act(desk, "no_answer", messages[0])
    assert not Call.objects.exists()


def test_next_to_call_comes_first(desk, colleague, edition, messages):
    """Who asked for this time, who was never called, who was called in vain, who asked for a later time."""
    calls.call_again(only(messages[0]), clock.now() + timedelta(hours=3), by=colleague)
    calls.note_no_answer(only(messages[1]), by=colleague)
    calls.call_again(only(messages[3]), clock.now() - timedelta(minutes=1), by=colleague)
    expected = [messages[number].pk for number in (3, 2, 1, 0)]

    assert [row.pk for row in desk.get(TO_CALL).context["cl"].result_list] == expected
    on_paper = [row[0] for row in files.rows(call_list(edition))]
    assert on_paper == [Message.objects.get(pk=pk).registration.spoken_code for pk in expected]


def test_list_of_all_messages_stays_in_the_order_of_writing(desk, messages):
    assert [row.pk for row in desk.get(MESSAGES).context["cl"].result_list] == [one.pk for one in messages[::-1]]


def test_person_who_asks_to_be_called_later_is_noted_on_their_page(desk, messages):
    day = clock.today() + timedelta(days=1)
    assert "Call again at this time" in read(desk.get(f"{MESSAGES}{messages[0].pk}/change/"))

    said = read(again(desk, messages[0], f"{day}", "១៤.៣០"))

    assert "Done for 1 message." in said
    message = Message.objects.get(pk=messages[0].pk)
    assert (message.call_at, message.state) == (
        timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=14, minute=30))),
        MessageState.TO_CALL,
    )
    assert "call again on" in read(desk.get(TO_CALL))
    assert Call.objects.get().result == "later"


@pytest.mark.parametrize(
    ("day", "time"), [("", "14:00"), ("x", "14:00"), ("2031-01-01", "25:00"), ("2020-01-01", "9:00")]
)
def test_what_is_no_time_to_come_is_asked_again_and_keeps_what_was_typed(desk, messages, day, time):
    response = again(desk, messages[0], day, time)

    assert f'value="{time}"' in response.content.decode()
    assert "Done" not in read(response)
    assert not Call.objects.exists()


def test_told_person_is_called_no_more(desk, colleague, messages):
    calls.call_again(only(messages[0]), clock.now() + timedelta(hours=3), by=colleague)

    act(desk, "mark_called", messages[0])

    assert Message.objects.get(pk=messages[0].pk).call_at is None


def test_colleagues_account_that_goes_leaves_the_call(colleague, messages):
    calls.note_no_answer(only(messages[0]), by=colleague)
    Call.objects.update(by=None)

    assert Call.objects.get().by is None
