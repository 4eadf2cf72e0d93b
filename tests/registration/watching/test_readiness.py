"""Machines and staff see when something that the site needs is missing."""

import shutil
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from conference import clock
from registration.choices import MessageState
from registration.models import Message, Tending
from tests.factories import make_registration
from tests.pages import forget_kept, read
from tests.registration.admin.registrations.test_registration import member_of

NEEDED = ["database", "migrations", "helper", "keys", "disk"]


@pytest.fixture
def person(edition):
    Tending.report()
    return make_registration(edition, email="dara@example.org", inclusion={"access_note": "CANARY"})


def ask(client):
    """The status, and the words for each thing that the site needs."""
    forget_kept()
    answer = client.get("/readyz")
    return answer.status_code, dict(line.split(": ", 1) for line in answer.content.decode().splitlines())


def refused(*_args, **_kwargs):
    raise OperationalError("secret-user cannot reach secret-host")


def other_key():
    return Fernet.generate_key().decode()


def database_away(monkeypatch, _settings):
    monkeypatch.setattr(connection, "cursor", refused)


def database_read_only(monkeypatch, _settings):
    def guard(execute, sql, *rest):
        return refused() if sql.startswith("UPDATE") else execute(sql, *rest)

    monkeypatch.setattr(connection, "execute_wrappers", [guard])


def migration_missing(_monkeypatch, _settings):
    MigrationRecorder.Migration.objects.filter(app="registration").order_by("-name")[0].delete()


def helper_silent(_monkeypatch, _settings):
    Tending.objects.update(reported_at=timezone.now() - timedelta(minutes=4))


def helper_never_seen(_monkeypatch, _settings):
    Tending.objects.all().delete()


def key_lost(_monkeypatch, settings):
    settings.FIELD_ENCRYPTION_KEYS = [other_key()]


def disk_full(monkeypatch, _settings):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1024))


def test_site_is_ready_where_nothing_stands_in_the_way(client, person):
    assert ask(client) == (200, dict.fromkeys(NEEDED, "ok"))


@pytest.mark.parametrize(
    ("break_it", "named"),
    [
        (database_away, {"database", "migrations", "helper", "keys"}),
        (database_read_only, {"database"}),
        (migration_missing, {"migrations"}),
        (helper_silent, {"helper"}),
        (helper_never_seen, {"helper"}),
        (key_lost, {"keys"}),
        (disk_full, {"disk"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_stands_in_the_way_is_named_without_a_secret(client, person, monkeypatch, settings, break_it, named):
    break_it(monkeypatch, settings)

    status, answers = ask(client)
    monkeypatch.undo()

    assert status == 503
    assert {name for name, words in answers.items() if words != "ok"} == named
    assert "secret" not in str(answers)


def test_process_says_that_it_is_alive_without_the_database(client, monkeypatch, db):
    database_away(monkeypatch, None)

    answer = client.get("/healthz")
    monkeypatch.undo()

    assert answer.status_code == 200


def test_many_questions_cost_the_database_no_more_than_one(client, person, django_assert_num_queries):
    ask(client)

    with django_assert_num_queries(0):
        client.get("/readyz")


def test_tending_reports(edition):
    Tending.objects.create(pk=1, reported_at=timezone.now() - timedelta(hours=1))

    call_command("tend_registration", stdout=StringIO())

    assert Tending.silent_since() is None
    assert Tending.objects.count() == 1


def test_report_of_a_clock_that_was_put_back_is_none(db):
    Tending.objects.create(pk=1, reported_at=timezone.now() + timedelta(hours=1))

    assert Tending.silent_since()


@pytest.mark.parametrize("group", ["Registration desk", "Observers"])
def test_all_staff_read_that_the_helper_is_silent(client, edition, group):
    staff = member_of(group, client)
    Tending.report()
    assert "has not reported" not in read(staff.get("/admin/"))

    helper_silent(None, None)

    assert "The helper of the site has not reported since March 20, 2024" in read(staff.get("/admin/"))


def test_staff_who_see_messages_read_since_when_they_wait(client, person):
    Message.objects.update(state=MessageState.QUEUED, created_at=clock.now() - timedelta(hours=2))
    words = "1 e-mail waits to be sent, since March 20, 2024"
    observer, desk = member_of("Observers", Client()), member_of("Registration desk", client)

    assert words in read(desk.get("/admin/"))
    assert words not in read(observer.get("/admin/"))

    Message.objects.update(created_at=clock.now())
    assert words not in read(desk.get("/admin/"))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([], "FIELD_ENCRYPTION_KEYS is empty"),
        (["no key"], "holds something that is no key"),
        ([other_key()], "no key in FIELD_ENCRYPTION_KEYS opens what is stored in registration.InclusionAnswers"),
    ],
)
def test_start_refuses_keys_that_do_not_serve(person, settings, keys, words):
    settings.FIELD_ENCRYPTION_KEYS = keys

    with pytest.raises(CommandError) as refusal:
        call_command("start_registration")

    assert words in str(refusal.value)
    assert "CANARY" not in str(refusal.value)


def test_start_takes_a_new_key_before_the_old_one_and_goes_on_without_a_lost_one_if_told(person, settings):
    said = StringIO()
    settings.FIELD_ENCRYPTION_KEYS = [other_key(), *settings.FIELD_ENCRYPTION_KEYS]
    call_command("start_registration", stderr=said)
    assert said.getvalue() == ""

    settings.FIELD_ENCRYPTION_KEYS, settings.START_WITHOUT_KEYS = [other_key()], True
    call_command("start_registration", stderr=said)

    assert "START_WITHOUT_KEYS is on, though no key" in said.getvalue()
