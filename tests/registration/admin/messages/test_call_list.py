"""The call list: what is still true of a person, once; what was tried; and e-mail after all."""

import pytest
from django.core import mail

from registration.choices import MessageKind, MessageState
from registration.messages import outbox
from registration.models import Message, Registration
from registration.own_page import changing
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.messages.test_messages import MESSAGES, act, stand
from tests.registration.admin.registrations.pages import ask
from tests.registration.admin.registrations.test_registration import member_of
from tests.registration.admin.test_asking import sent_by


@pytest.fixture
def desk(client, db):
    return member_of("Registration desk", client)


@pytest.fixture
def person(edition):
    """Received, and to be called."""
    edition.intake.needs_approval = True
    edition.intake.save()
    return make_registration(edition)


def lines(state=MessageState.TO_CALL):
    return list(Message.objects.filter(state=state).order_by("pk").values_list("kind", flat=True))


NEWER = [
    (transitions.confirm, "confirmed"),
    (transitions.put_on_waiting_list, "waiting"),
    (lambda person: transitions.decline(person, "Sample reason"), "declined"),
    (transitions.cancel, "cancelled"),
]


@pytest.mark.parametrize(("step", "kind"), NEWER)
@pytest.mark.parametrize("state", [MessageState.TO_CALL, MessageState.FAILED])
def test_newer_standing_takes_the_place_of_the_older_line(person, step, kind, state):
    Message.objects.update(state=state)
    assert lines(state) == ["received"]

    step(person)

    assert lines() == [kind]
    assert lines(MessageState.REPLACED) == ["received"]


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.CALLED, MessageState.SENDING])
def test_what_was_told_already_stays_as_it_was(person, state):
    Message.objects.update(state=state)

    transitions.confirm(person)

    assert (lines(state), lines()) == (["received"], ["confirmed"])


def test_email_that_waits_for_the_server_is_not_sent_after_newer_news(person):
    Message.objects.update(state=MessageState.QUEUED, attempts=3)

    transitions.confirm(person)

    assert lines(MessageState.REPLACED) == ["received"]


def test_another_kind_of_news_and_another_person_keep_their_lines(edition, person):
    other = make_registration(edition, phone="+85512000002")
    changing.renew_link(person)

    transitions.confirm(person)

    assert lines() == ["received", "link", "confirmed"]
    assert Message.objects.get(kind="received", state=MessageState.TO_CALL).registration == other


@pytest.mark.parametrize("kind", [MessageKind.LINK, MessageKind.OWN_NEWS])
def test_the_same_news_stands_there_once(person, kind):
    outbox.put(person, kind)
    outbox.put(person, kind)

    assert lines() == ["received", kind]


def test_older_standing_that_came_back_is_not_told_any_more(desk, person):
    Message.objects.update(state=MessageState.SENT)
    older = Message.objects.get()
    transitions.confirm(person)

    assert "Done for 0 messages." in act(desk, "came_back", older)
    assert lines() == ["confirmed"]


def test_call_without_an_answer_is_noted_with_its_number_and_moment(desk, person):
    message = Message.objects.get()

    act(desk, "no_answer", message)
    page = act(desk, "no_answer", message)

    message.refresh_from_db()
    assert (message.state, message.tries) == (MessageState.TO_CALL, 2)
    assert "Done for 1 message." in page
    assert "called 2 times without an answer, last on" in page
    assert "called 2 times" in read(desk.get(f"{MESSAGES}{message.pk}/change/"))


@pytest.mark.parametrize("state", [MessageState.CALLED, MessageState.SENT, MessageState.QUEUED, MessageState.REPLACED])
def test_call_is_noted_only_of_what_is_on_the_call_list(desk, person, state):
    stand(Message.objects.get(), state)

    assert "Done for 0 messages." in act(desk, "no_answer", Message.objects.get())
    assert Message.objects.get().tries == 0


def test_person_with_an_address_is_written_to_after_all(desk, person, settings):
    Registration.objects.update(email="dara@example.org")
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False
    assert lines() == ["received"]

    page = ask(desk, "send_after_all", Message.objects.get(), address=MESSAGES)
    assert "1 message leaves the call list" in read(page)
    assert lines() == ["received"]

    assert "Done for 1 message." in read(desk.post(MESSAGES, sent_by(page), follow=True))
    outbox.send_due()

    assert [one.to for one in mail.outbox] == [["dara@example.org"]]
    assert lines(MessageState.SENT) == ["received"]


@pytest.mark.parametrize(("email", "is_set_up"), [("", True), ("dara@example.org", False)])
def test_person_who_cannot_be_written_to_stays_on_the_call_list(desk, person, settings, email, is_set_up):
    Registration.objects.update(email=email)
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = is_set_up, False

    said = read(ask(desk, "send_after_all", Message.objects.get(), address=MESSAGES))

    assert ("0 messages leave the call list" in said) == is_set_up
    assert ("This site sends no e-mail" in said) == (not is_set_up)
    assert lines() == ["received"]


@pytest.mark.parametrize("action", ["no_answer", "send_after_all"])
def test_who_may_not_tell_notes_nothing(client, person, settings, action):
    Registration.objects.update(email="dara@example.org")
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False

    member_of("Programme editors", client).post(
        MESSAGES, {"action": action, "_selected_action": [Message.objects.get().pk]}
    )

    message = Message.objects.get()
    assert (message.state, message.tries) == (MessageState.TO_CALL, 0)


def test_page_of_a_call_has_its_buttons(desk, person, settings):
    Registration.objects.update(email="dara@example.org")
    page = f"{MESSAGES}{Message.objects.get().pk}/change/"

    assert "Called, no answer: note it" in read(desk.get(page))
    assert "Send by e-mail after all" not in read(desk.get(page))
    settings.SENDS_EMAIL = True
    assert "Send by e-mail after all" in read(desk.get(page))
