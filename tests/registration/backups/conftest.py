"""A place with people in it, and empty places to which it can be brought."""

from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections

from conference.serving.databases import settings_of
from registration.backups import databases
from tests.crowd import database_url
from tests.databases import copy_database


@pytest.fixture
def place(settings, tmp_path):
    """Its folders: pictures, and the ledger beside which a backup is made."""
    return use_folder(settings, tmp_path / "first")


def use_folder(settings, folder):
    (folder / "media" / "pictures").mkdir(parents=True)
    settings.MEDIA_ROOT = folder / "media"
    settings.ERASURE_LEDGER = folder / "erasures.txt"
    settings.SITE_CLOCK_FILE = folder / "site-clock"
    settings.BACKUPS = folder / "backups"
    return folder


@pytest.fixture
def empty_database(transactional_db):
    """The address of another database with the tables alone. It is copied before the test writes anything."""
    connection.close()
    other = connection.copy()
    with closing(other):
        copy_database(other, "elsewhere")
    usual = connections["default"]
    connections["default"] = other
    url = database_url()
    connections["default"] = usual
    yield url
    if other.vendor == "sqlite":
        Path(other.settings_dict["NAME"]).unlink()
    else:
        other.settings_dict["NAME"], name = usual.settings_dict["NAME"], other.settings_dict["NAME"]
        with other._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)}")


@pytest.fixture
def quick_sqlite(monkeypatch):
    """What a test writes need not survive a power cut."""

    def quick(url, project):
        found = settings_of(url, project)
        if "init_command" in found["OPTIONS"]:
            found["OPTIONS"]["init_command"] = found["OPTIONS"]["init_command"].replace("=FULL", "=OFF")
        return found

    monkeypatch.setattr(databases, "settings_of", quick)
