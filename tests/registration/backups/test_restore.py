"""A backup goes into an empty place, with the keys of the first, and keeps erased people erased."""

import re
import shutil
from io import StringIO

import pyrage
import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db.migrations.loader import MigrationLoader

from registration.backups import archive, databases, restoring, rows
from registration.backups.making import make
from registration.backups.problem import Problem
from registration.models import InclusionAnswers, Registration
from registration.signing_up import transitions
from tests.crowd import database_url
from tests.databases import load_2024
from tests.factories import make_registration
from tests.registration.backups.conftest import use_folder


@pytest.fixture
def person(empty_database, place, settings):
    settings.ERASURE_LEDGER_KEY = "sample key of the ledger"
    return make_registration(load_2024(), inclusion={"access_note": "a note"})


@pytest.fixture
def backup(person, tmp_path):
    path, _manifest = make(f"{tmp_path}/carried.zip", recipient="", keep=1)
    return path


@pytest.fixture
def second(backup, empty_database, settings, tmp_path):
    """From here on nothing is left of the first place."""
    shutil.rmtree(tmp_path / "first")
    with databases.in_use(empty_database):
        yield use_folder(settings, tmp_path / "second")


def restored(path, **options):
    said = StringIO()
    call_command("restore", str(path), stdout=said, **options)
    return said.getvalue()


def test_database_with_rows_is_left_alone(backup, person):
    with pytest.raises(CommandError, match="not empty"):
        restored(backup)
    with pytest.raises(CommandError, match="not empty"):
        call_command("move_to", database_url())

    assert Registration.objects.get() == person


@pytest.mark.parametrize("url", ["mysql://host/name", "sqlite://", "postgres://host", "conference"])
def test_address_that_leads_to_no_database_is_refused(person, url):
    with pytest.raises(CommandError, match="address of a database"):
        call_command("move_to", url)


OTHERS = {
    "SECRET_KEY": "another key, of which no link was made",
    "FIELD_ENCRYPTION_KEYS": [Fernet.generate_key().decode()],
    "ERASURE_LEDGER_KEY": "another key of the ledger",
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_keys_are_named_before_anything_is_changed(second, backup, settings, name):
    setattr(settings, name, OTHERS[name])

    with pytest.raises(CommandError, match=f"other values of {name}. Put"):
        restored(backup)

    assert rows.is_empty()
    assert list(second.rglob("*.*")) == []


def test_lost_keys_lose_what_they_closed_and_no_more(second, backup, settings):
    settings.FIELD_ENCRYPTION_KEYS = OTHERS["FIELD_ENCRYPTION_KEYS"]

    said = restored(backup, other_keys=True)

    assert re.search(r"Encrypted values: (\d+), of which no key opens \1\.", said)
    assert Registration.objects.get().name_latin == "KUMROU Sakalbang"


def test_keys_that_were_exchanged_since_still_open_it(second, backup, settings):
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_ENCRYPTION_KEYS]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OTHERS["SECRET_KEY"], [settings.SECRET_KEY]

    assert "of which no key opens 0." in restored(backup)


def test_newer_ledger_stays_and_older_lines_come_back(person, place, empty_database, settings, tmp_path):
    """Each of the two places has a line that the other one lacks."""
    erased_before = make_registration(person.edition)
    copy = [*Registration.objects.filter(pk=erased_before.pk)]
    transitions.erase(erased_before)
    Registration.objects.bulk_create(copy)  # as if it had been brought back by another backup
    backup, _manifest = make(f"{tmp_path}/carried.zip", recipient="", keep=1)
    older = settings.ERASURE_LEDGER.read_text()
    settings.ERASURE_LEDGER.unlink()
    transitions.erase(person)
    newer = settings.ERASURE_LEDGER.read_text()

    with databases.in_use(empty_database):
        use_folder(settings, tmp_path / "second")
        settings.ERASURE_LEDGER.write_text(newer)
        said = restored(backup)

        assert settings.ERASURE_LEDGER.read_text().startswith(newer + older)
        assert not Registration.objects.exists()
        assert "lines added 1;" in said
        assert "registrations 2." in said


def test_pictures_that_are_there_stay(person, place, empty_database, settings, tmp_path):
    for name in ("0.jpg", "1.jpg"):
        (place / "media" / "pictures" / name).write_bytes(b"of the backup")
    backup, _manifest = make(f"{tmp_path}/carried.zip", recipient="", keep=1)

    with databases.in_use(empty_database):
        second = use_folder(settings, tmp_path / "second")
        (second / "media" / "pictures" / "0.jpg").write_bytes(b"here")
        assert "Pictures: files added 1; none was overwritten." in restored(backup)

    assert (second / "media" / "pictures" / "0.jpg").read_bytes() == b"here"
    assert (second / "media" / "pictures" / "1.jpg").read_bytes() == b"of the backup"


def test_rows_that_do_not_come_back_as_they_were_are_all_refused(second, backup, monkeypatch):
    monkeypatch.setattr(rows, "_plain", lambda field, row: "another value")

    with pytest.raises(CommandError, match=r"not as they were, so nothing was kept: .*registration_registration"):
        restored(backup)

    assert rows.is_empty()


def test_backup_of_newer_code_is_refused(second, backup, tmp_path):
    manifest = archive.unpack(backup)
    newer = [*manifest.migrations, ("registration", "9999_newer")]

    with pytest.raises(Problem, match=r"newer code, which has registration\.9999_newer"):
        rows.make_tables(newer)


def test_older_tables_than_those_that_are_there_are_refused(second, backup):
    older = [name for name in archive.unpack(backup).migrations if name != ("registration", "0001_initial")]

    with pytest.raises(Problem, match=r"newer, for they have registration\.0001_initial"):
        rows.make_tables(older)


def test_tables_of_an_older_backup_are_made_as_they_were_then():
    graph = MigrationLoader(None).graph
    last = ("registration", "0030_later_events")
    wanted = set(graph.forwards_plan(last))

    targets = rows._last_of_each_app(graph, wanted)

    assert last in targets
    assert len(targets) == len({app for app, _name in targets})
    assert {name for target in targets for name in graph.forwards_plan(target)} == wanted


def test_what_was_restored_is_brought_up_to_date(second, backup, monkeypatch):
    """The migrations that are newer than the backup see its rows."""
    asked = []
    monkeypatch.setattr(restoring, "call_command", lambda name, **options: asked.append((name, rows.is_empty())))

    restored(backup)

    assert asked == [("migrate", False)]


@pytest.fixture
def no_site_url(monkeypatch):
    """Whatever .env says."""
    monkeypatch.delenv("SITE_URL", raising=False)


def test_settings_that_are_others_here_are_named(no_site_url, second, backup, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://other.example.org")

    assert "SITE_URL was not set and is https://other.example.org: see whether that is right." in restored(backup)


def test_encrypted_backup_comes_back_with_its_identity(person, empty_database, settings, tmp_path):
    owner = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(str(owner))
    backup, _manifest = make(f"{tmp_path}/carried.age", recipient=str(owner.to_public()), keep=1)

    with databases.in_use(empty_database):
        use_folder(settings, tmp_path / "second")
        restored(backup, identity=tmp_path / "key.txt")
        assert InclusionAnswers.objects.get().access_note == "a note"
