import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from registration.choices import MessageKind, MessageState
from registration.messages import emails, outbox, problems
from registration.models import Message
from tests.factories import make_day, make_edition, make_registration, open_intake


@pytest.fixture(autouse=True)
def _with_email(settings):
    settings.SENDS_EMAIL = True
    settings.OUTBOX_THREAD = False
    settings.SITE_URL = "https://conference.example.org"


@pytest.fixture
def message(edition):
    return make_registration(edition, email="dara@example.org", name_latin="SOK Dara").messages.get()


def refuse(monkeypatch, error):
    def send_messages(self, messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)


def test_message_is_written_with_the_registration_and_sent_afterwards(message):
    assert (message.state, len(mail.outbox)) == (MessageState.QUEUED, 0)

    assert outbox.send_due() == 1

    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.SENT, 1)
    assert outbox.send_due() == 0


def test_email_says_in_the_persons_language_where_they_stand(message):
    outbox.send_due()

    (email,) = mail.outbox
    assert email.to == ["dara@example.org"]
    assert email.subject == "Your place is confirmed – National Open Data Conference 2024"
    for words in ["Dear SOK Dara,", message.registration.spoken_code, "March 26, 2024", "CADT Innovation Center"]:
        assert words in email.body
    assert f"https://conference.example.org/en/registration/{message.registration.code}-" in email.body


def test_email_in_khmer_is_khmer(message):
    message.registration.language = "km"

    email = emails.compose(message)

    assert email.subject.endswith("ឆ្នាំ២០២៤")
    assert "ថ្ងៃអង្គារ ទី២៦ ខែមីនា ឆ្នាំ២០២៤" in email.body
    assert "/km/registration/" in email.body
    assert "Dear" not in email.body


@pytest.mark.parametrize("kind", MessageKind)
def test_every_kind_of_message_has_its_words(message, kind):
    message.kind = kind
    message.registration.offered_until = timezone.now()

    email = emails.compose(message)

    assert email.subject
    assert len(email.body) > 200
    assert "{%" not in email.body


def test_email_holds_nothing_sensitive(edition):
    make_registration(
        edition,
        email="dara@example.org",
        inclusion={"access_note": "CANARY", "groups": ["lgbtqi"], "food": ["halal"]},
        travel={"nights": [], "emergency_name": "CANARY"},
    )

    outbox.send_due()

    text = str(mail.outbox[0].message())
    assert "CANARY" not in text
    assert "halal" not in text


def test_message_keeps_its_id_when_it_is_sent_again(message):
    first, second = emails.compose(message), emails.compose(message)

    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert str(message.uuid) in first.extra_headers["Message-ID"]


def test_message_that_could_not_leave_is_tried_again_later_and_later(message, monkeypatch):
    refuse(monkeypatch, smtplib.SMTPServerDisconnected("gone"))

    waits = []
    for _attempt in range(4):
        before = timezone.now()
        outbox.send_due()
        message.refresh_from_db()
        waits.append(round((message.due_at - before).total_seconds() / 60))
        Message.objects.update(due_at=before)

    assert waits == [1, 2, 4, 8]
    assert (message.state, message.problem) == (MessageState.QUEUED, "SMTPServerDisconnected")


def test_message_is_given_up_after_many_attempts(message, monkeypatch):
    refuse(monkeypatch, ConnectionRefusedError())
    Message.objects.update(attempts=outbox.MAX_ATTEMPTS - 1)

    outbox.send_due()

    message.refresh_from_db()
    assert (message.state, message.problem) == (MessageState.FAILED, "ConnectionRefusedError")


def test_address_that_does_not_exist_is_not_tried_again(message, monkeypatch):
    refuse(monkeypatch, smtplib.SMTPRecipientsRefused({"dara@example.org": (550, b"no such mailbox")}))

    outbox.send_due()

    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert "dara" not in message.problem


def test_one_bad_message_holds_up_no_other(message, edition, monkeypatch):
    good = make_registration(edition, email="bopha@example.org").messages.get()
    compose = emails.compose

    def compose_or_fail(one):
        if one.pk == message.pk:
            raise ValueError("poison")
        return compose(one)

    monkeypatch.setattr(emails, "compose", compose_or_fail)
    outbox.send_due()

    message.refresh_from_db()
    good.refresh_from_db()
    assert (message.state, good.state) == (MessageState.FAILED, MessageState.SENT)


def test_message_is_claimed_by_one_sender_only(message):
    twice = [Message.objects.get(), Message.objects.get()]

    assert [outbox._claim(one) for one in twice] == [True, False]


def test_message_of_a_sender_that_died_is_sent_once_its_lease_is_over(message):
    outbox._claim(Message.objects.get())
    assert outbox.send_due() == 0

    Message.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    assert outbox.send_due() == 1
    assert len(mail.outbox) == 1


def test_sender_that_was_too_slow_overwrites_nothing(message):
    slow = Message.objects.get()
    outbox._claim(slow)
    Message.objects.update(attempts=5, state=MessageState.SENT)

    outbox._later_or_never(slow, ConnectionRefusedError())

    assert Message.objects.get().state == MessageState.SENT


def test_no_line_break_gets_into_a_header(message):
    message.registration.edition.title_en = "Conference\r\nBcc: x@example.org"

    text = str(emails.compose(message).message())

    assert "\nBcc:" not in text


@pytest.mark.parametrize(
    "address",
    ["", "dara", "dara@example.org\nBcc: x@example.org", "a@example.org, b@example.org", '"\x01"@example.org'],
)
def test_what_is_not_one_address_is_given_up_at_once_and_staff_read_why(message, address):
    type(message.registration).objects.update(email=address)

    outbox.send_due()

    message.refresh_from_db()
    assert (message.state, mail.outbox) == (MessageState.FAILED, [])
    assert "not an e-mail address" in str(problems.in_words(message.problem))


def test_person_without_email_is_told_by_telephone(edition):
    message = make_registration(edition, email="").messages.get()

    assert message.state == MessageState.TO_CALL
    assert outbox.send_due() == 0


def test_without_a_mail_server_everybody_is_told_by_telephone(edition, settings):
    settings.SENDS_EMAIL = False

    assert make_registration(edition, email="dara@example.org").messages.get().state == MessageState.TO_CALL


@pytest.mark.django_db(transaction=True)
def test_rolled_back_registration_leaves_no_message(monkeypatch):
    monkeypatch.setattr(outbox, "put", lambda *_args, **_how: 1 / 0)
    from_factory = make_edition_with_intake()

    with pytest.raises(ZeroDivisionError):
        make_registration(from_factory, email="dara@example.org")

    assert not Message.objects.exists()
    assert not from_factory.registrations.exists()


def make_edition_with_intake():
    edition = make_edition()
    make_day(edition)
    open_intake(edition)
    return edition


def test_address_that_is_typed_again_and_again_gets_so_many_a_day_and_the_rest_wait_for_a_call(edition):
    for number in range(outbox.A_DAY + 3):
        make_registration(edition, email="sample@example.org", name_km="", name_latin=f"KUMROU {number}")

    outbox.send_due()

    assert len(mail.outbox) == outbox.A_DAY
    assert Message.objects.open_calls().count() == 3
    assert "too many e-mails today" in str(problems.in_words(Message.objects.open_calls().first().problem))
