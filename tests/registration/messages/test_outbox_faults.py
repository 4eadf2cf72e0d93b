"""Messages when things go wrong: a sender dies, the mail server is away, many send at once."""

import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections
from django.utils import timezone

from registration.choices import MessageKind, MessageState
from registration.messages import emails, outbox
from registration.models import Message, Registration
from tests.factories import make_day, make_edition, make_letter, make_registration, open_intake


@pytest.fixture(autouse=True)
def _with_email(settings):
    settings.SENDS_EMAIL = True
    settings.OUTBOX_THREAD = False
    settings.SITE_URL = "https://conference.example.org"


@pytest.fixture
def coming(db):
    return edition_with_intake()


def edition_with_intake():
    edition = make_edition()
    make_day(edition)
    open_intake(edition)
    return edition


@pytest.fixture
def clock(monkeypatch):
    """What time it is: `clock.now` can be set."""

    class Clock:
        now = timezone.now() + timedelta(minutes=1)  # after whatever is made by the real clock

    monkeypatch.setattr(timezone, "now", lambda: Clock.now)
    return Clock


def message_ids():
    return Counter(sent.extra_headers["Message-ID"] for sent in mail.outbox)


# --- A sender dies -----------------------------------------------------------------------------------------------


class Died(BaseException):
    """Like the end of a process that is killed: no code catches it."""


def dying(function, *, before):
    def die(*args, **kwargs):
        if not before:
            function(*args, **kwargs)
        raise Died

    return die


POINTS = [
    (outbox, "send_due", True),
    (outbox, "_claim", True),
    (outbox, "_claim", False),
    (outbox, "_send", True),
    (emails, "compose", True),
    (emails, "compose", False),
    (EmailMessage, "send", True),
    (EmailBackend, "send_messages", True),
    (EmailBackend, "send_messages", False),
    (EmailMessage, "send", False),
    (outbox, "_finish", True),
    (outbox, "_finish", False),
    (outbox, "_send", False),
]


@pytest.mark.parametrize(("owner", "name", "before"), POINTS)
def test_message_of_a_sender_that_dies_anywhere_arrives_and_at_most_twice_as_the_same(
    coming, clock, monkeypatch, owner, name, before
):
    message = make_registration(coming, email="dara@example.org").messages.get()
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, dying(getattr(owner, name), before=before))
        with pytest.raises(Died):
            outbox.send_due()

    clock.now += outbox.LEASE + timedelta(seconds=1)
    outbox.send_due()

    message.refresh_from_db()
    assert message.state == MessageState.SENT
    (times,) = message_ids().values()
    assert times <= 2
    clock.now += timedelta(days=1)
    assert outbox.send_due() == 0


@pytest.mark.django_db(transaction=True)
def test_sign_up_that_dies_before_its_end_leaves_neither_person_nor_message(monkeypatch):
    edition = edition_with_intake()
    monkeypatch.setattr(outbox, "put", dying(outbox.put, before=False))

    with pytest.raises(Died):
        make_registration(edition, email="dara@example.org")

    assert not Registration.objects.exists()
    assert not Message.objects.exists()


# --- The mail server is away -------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [6, 20])
def test_messages_leave_within_an_hour_of_the_return_of_the_mail_server(coming, clock, monkeypatch, hours):
    begin = clock.now
    letter = make_letter(coming)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse(ConnectionRefusedError()))
        for minute in range(0, hours * 60, 15):
            clock.now = begin + timedelta(minutes=minute)
            if minute % 120 == 0:
                make_registration(coming, email=f"sample{minute}@example.org")
            outbox.send_due()
    outbox.put_letter(letter, list(Registration.objects.all()))
    back = clock.now
    while Message.objects.exclude(state=MessageState.SENT).exists():
        clock.now += timedelta(minutes=1)
        outbox.send_due()
        assert clock.now <= back + timedelta(minutes=65)

    assert set(message_ids().values()) == {1}
    assert len(mail.outbox) == hours  # a confirmation and a letter for each who came


def refuse(error):
    def send_messages(self, messages):
        raise error

    return send_messages


# --- Many send at once -------------------------------------------------------------------------------------------


def queue(edition, number, **fields):
    """As many people, each with a message to be sent."""
    people = Registration.objects.bulk_create(
        Registration(
            edition=edition, status="cancelled", language="en", name_latin=f"SAMPLE {one}", sector="student",
            email=f"sample{one}@example.org", part="participant", province="12", **fields,
        )
        for one in range(number)
    )  # fmt: skip
    Message.objects.bulk_create(Message(registration=person, kind=MessageKind.CANCELLED) for person in people)


def short_email(message):
    """Quick to write: it is about the sending."""
    return EmailMessage("Sample", "Sample", to=["sample@example.org"], headers={"Message-ID": str(message.uuid)})


def run_side_by_side(runners):
    def run():
        try:
            outbox.send_due()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _runner in range(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture
def quick_disk(monkeypatch):
    """Nothing here is about power cuts: SQLite need not wait for the disk."""
    if connections["default"].vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "init_command", "PRAGMA synchronous=OFF")


@pytest.mark.django_db(transaction=True)
def test_four_senders_send_a_thousand_messages_once_each(quick_disk, monkeypatch):
    queue(edition_with_intake(), 1000)
    monkeypatch.setattr(emails, "compose", short_email)

    run_side_by_side(4)

    assert len(mail.outbox) == 1000
    assert set(message_ids().values()) == {1}
    assert Message.objects.filter(state=MessageState.SENT, attempts=1).count() == 1000


@pytest.mark.django_db(transaction=True)
def test_senders_that_claim_nothing_would_be_noticed(monkeypatch):
    """The test above is not blind."""
    queue(edition_with_intake(), 20)
    everybody_is_here = threading.Barrier(4)

    def claim_nothing(message):
        if message.registration.name_latin == "SAMPLE 0":
            everybody_is_here.wait(timeout=60)
        return True

    monkeypatch.setattr(outbox, "_claim", claim_nothing)

    run_side_by_side(4)

    assert set(message_ids().values()) != {1}


@pytest.mark.django_db(transaction=True)
def test_confirmation_leaves_by_itself_within_ten_seconds(settings):
    settings.OUTBOX_THREAD = True
    edition = edition_with_intake()

    make_registration(edition, email="dara@example.org")

    until = time.monotonic() + 10
    while not Message.objects.filter(state=MessageState.SENT).exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    assert [sent.to for sent in mail.outbox] == [["dara@example.org"]]
