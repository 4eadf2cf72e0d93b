"""How the site is doing, in numbers without people: for a program with a token, and for staff in words."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.checks import registry

from conference import clock
from conference.serving.checks import SHORTEST_TOKEN, no_short_token
from conference.words import moment
from registration.choices import MessageState
from registration.models import Backup, Intake, Message, Tending
from registration.watching.counters import counters, for_prometheus
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.test_registration import member_of

TOKEN = "t" * SHORTEST_TOKEN
LINE = re.compile(r'(conference_[a-z_]+)((?:\{[a-z]+="\w+"(?:,[a-z]+="\w+")*\})?) (\d+)')


@pytest.fixture
def people(edition):
    """Two who have a place, of whom one is to be told by e-mail, and one who waits and was not reached."""
    Intake.objects.update(capacity=2)
    registrations = [make_registration(edition, name_latin="CANARY") for _person in range(3)]
    Message.objects.all().delete()
    for registration, state in zip(
        registrations, [MessageState.QUEUED, MessageState.SENT, MessageState.FAILED], strict=True
    ):
        registration.messages.create(kind="received", state=state)
    return registrations


def ask(client, token=TOKEN):
    return client.get("/metrics", headers={"authorization": f"Bearer {token}"})


def values(text):
    """As Prometheus reads it: each value by its name and labels."""
    lines = text.splitlines()
    said = [line for line in lines if not line.startswith("#")]
    found = {name + labels: int(value) for name, labels, value in (LINE.fullmatch(line).groups() for line in said)}
    assert len(found) == len(said)
    for name in {line.split("{")[0].split(" ")[0] for line in said}:
        assert f"# TYPE {name} gauge" in lines
        assert sum(line.startswith(f"# HELP {name} ") for line in lines) == 1
    return found


@pytest.mark.parametrize("sent", [None, "", "Bearer ", "Bearer wrong", TOKEN[:-1], f"Basic {TOKEN}"])
def test_without_the_token_there_is_nothing_here(client, edition, settings, sent):
    settings.METRICS_TOKEN = TOKEN

    response = client.get("/metrics", headers={"authorization": sent} if sent is not None else {})

    assert response.status_code == 404


def test_without_a_token_in_the_settings_no_token_opens_it(client, edition, settings):
    settings.METRICS_TOKEN = ""

    assert ask(client, "").status_code == 404


def test_program_with_the_token_reads_the_figures(client, people, settings):
    settings.METRICS_TOKEN = TOKEN
    made = datetime(2024, 3, 1, 8, tzinfo=UTC)
    Backup.objects.create(made_at=made)
    Tending.report()
    Message.objects.filter(state=MessageState.QUEUED).update(created_at=clock.now() - timedelta(hours=2))

    response = ask(client)

    assert response["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    found = values(response.content.decode())
    assert found['conference_registrations{year="2024",standing="confirmed"}'] == 2
    assert found['conference_registrations{year="2024",standing="waiting"}'] == 1
    assert (found["conference_emails_waiting"], found["conference_emails_failed"]) == (1, 1)
    assert 7200 <= found["conference_emails_oldest_waiting_seconds"] < 7260
    assert found["conference_backup_timestamp_seconds"] == made.timestamp()
    assert found["conference_helper_timestamp_seconds"] > made.timestamp()
    assert found["conference_disk_free_bytes"] > 0
    assert "CANARY" not in response.content.decode()


def test_what_never_was_is_missing_and_not_long_ago(edition):
    found = values(for_prometheus(counters(), clock.now()))

    assert "conference_backup_timestamp_seconds" not in found
    assert found["conference_emails_oldest_waiting_seconds"] == 0


def test_staff_who_see_the_messages_read_the_same_in_words(client, people):
    Backup.objects.create(made_at=datetime(2024, 3, 1, 8, tzinfo=UTC))

    page = read(member_of("Registration desk", client).get("/admin/"))

    assert "How the site is doing" in page
    assert "confirmed 2 · waiting list 1" in page
    assert "1, the first since" in page
    assert moment(datetime(2024, 3, 1, 8, tzinfo=UTC)) in page
    assert "Last report of the helper" in page


def test_other_staff_do_not(client, people):
    assert "How the site is doing" not in read(member_of("Programme editors", client).get("/admin/"))


@pytest.mark.parametrize(("token", "is_right"), [("", True), (TOKEN, True), (TOKEN[:-1], False)])
def test_token_that_can_be_guessed_is_refused(settings, token, is_right):
    settings.METRICS_TOKEN = token

    assert (no_short_token(None) == []) is is_right
    assert no_short_token in registry.registry.registered_checks  # each start asks it, not only `check --deploy`
