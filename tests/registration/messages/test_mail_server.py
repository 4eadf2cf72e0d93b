"""A mail server that hangs, refuses or drops the line: e-mails are late, and nothing else is."""

import re
import threading
import time
from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from registration.choices import MessageState
from registration.management.commands import tend_registration
from registration.messages import outbox, problems
from registration.messages.background import OneAtATime
from registration.models import Message, Registration
from tests.factories import make_registration
from tests.mail_server import DROPS, HANGS, REFUSES, TAKES, mail_server


@pytest.fixture(autouse=True)
def _with_email(settings):
    settings.SENDS_EMAIL = True
    settings.OUTBOX_THREAD = False


@pytest.fixture
def messages(edition):
    """Three, to three people."""
    people = [make_registration(edition, email=f"sample{one}@example.org") for one in range(3)]
    return [person.messages.get() for person in people]


def states():
    return sorted(Message.objects.values_list("state", "attempts"))


@pytest.mark.parametrize("how", [REFUSES, TAKES])
def test_all_leave_once_when_the_mail_server_takes_them(messages, settings, how):
    with mail_server(settings, how) as server:
        outbox.send_due()
        server.how = TAKES
        Message.objects.update(due_at=timezone.now())
        outbox.send_due()

        assert len(server.mails) == 3
    assert {state for state, _attempts in states()} == {MessageState.SENT}


def test_mail_server_that_hangs_is_asked_once_and_the_others_wait_for_the_next_look(messages, settings, monkeypatch):
    monkeypatch.setattr(outbox, "PATIENCE", 0.1)
    with mail_server(settings, HANGS) as server:
        outbox.send_due()

        assert len(server.talks) == 1
        assert states() == [(MessageState.QUEUED, 0), (MessageState.QUEUED, 0), (MessageState.QUEUED, 1)]
        server.how = TAKES
        assert outbox.send_due() == 2


def test_one_look_ends_after_its_time(messages):
    assert outbox.send_due(seconds=-1) == 0
    assert outbox.send_due() == 3


def test_after_a_drop_behind_the_end_a_message_is_sent_once_more_hours_later_and_never_again(messages, settings):
    Message.objects.exclude(pk=messages[0].pk).delete()
    with mail_server(settings, DROPS) as server:
        outbox.send_due()
        (message,) = Message.objects.all()
        assert message.state == MessageState.QUEUED
        assert message.due_at - timezone.now() > timedelta(hours=2)

        # Then it cannot be reached, and then it drops again.
        for how in (REFUSES, DROPS, TAKES):
            server.how = how
            Message.objects.filter(state=MessageState.QUEUED).update(due_at=timezone.now())
            outbox.send_due()

        assert len(server.mails) == 2
        assert len({re.search("Message-ID: (.+)", mail)[1] for mail in server.mails}) == 1
    (message,) = Message.objects.all()
    assert message.state == MessageState.FAILED
    assert "may have arrived" in str(problems.in_words(message.problem))


def test_message_that_was_in_doubt_is_sent_when_the_mail_server_takes_it(messages, settings):
    with mail_server(settings, DROPS) as server:
        outbox.send_due()
        server.how = TAKES
        Message.objects.update(due_at=timezone.now())
        outbox.send_due()

    assert {state for state, _attempts in states()} == {MessageState.SENT}
    assert set(Message.objects.values_list("problem", flat=True)) == {""}


def test_address_that_was_changed_while_others_were_sent_is_the_one_that_counts(messages, monkeypatch):
    sent = []

    def send_messages(self, emails):
        sent.extend(email.to[0] for email in emails)
        Registration.objects.filter(pk=messages[2].registration_id).update(email="new@example.org")

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    outbox.send_due()

    assert sent == ["sample0@example.org", "sample1@example.org", "new@example.org"]


@pytest.mark.django_db(transaction=True)
def test_no_connection_to_the_database_is_held_while_a_message_is_sent_and_its_lease_is_renewed(messages, monkeypatch):
    held, lease = [], timezone.now() + outbox.LEASE
    monkeypatch.setattr(outbox, "RENEWED_EVERY", 0.01)

    def send_messages(self, emails):
        held.append(connection.connection)
        until = time.monotonic() + 5
        while not Message.objects.filter(state=MessageState.SENDING, due_at__gt=lease + timedelta(milliseconds=5)):
            assert time.monotonic() < until

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)

    assert outbox.send_due() == 3
    assert held == [None] * 3


def test_message_of_a_sender_that_was_killed_leaves_within_a_minute():
    assert outbox.LEASE.total_seconds() + tend_registration.PAUSE < 60
    assert outbox.LEASE.total_seconds() > outbox.RENEWED_EVERY * 2


def test_process_has_one_sender_however_often_it_is_asked():
    rounds, threads, go_on, begun = [], set(), threading.Event(), threading.Event()

    def work():
        rounds.append(1)
        threads.add(threading.current_thread())
        begun.set()
        assert go_on.wait(10)
        if len(rounds) == 1:
            raise RuntimeError("a round that fails ends nothing")

    sender = OneAtATime(work)
    for _time in range(20):
        sender.ask()
    assert begun.wait(10)
    for _time in range(20):
        sender.ask()
    go_on.set()
    for thread in threads:
        thread.join(10)

    assert len(threads) == 1
    assert len(rounds) == 2
    sender.ask()
