"""How the site opens its database."""

import sqlite3
from pathlib import Path
from runpy import run_path

import pytest

from tests.test_imports import ROOT


@pytest.mark.parametrize(
    ("version", "journal"), [((3, 40, 1), "DELETE"), ((3, 51, 2), "DELETE"), ((3, 51, 3), "WAL"), ((4, 0, 0), "WAL")]
)
def test_journal_of_sqlite_is_wal_only_where_the_library_damages_none(monkeypatch, version, journal):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)

    opened = run_path(str(ROOT / "conference" / "serving" / "databases.py"))["settings_of"](
        "sqlite:///var/db.sqlite3", Path("/srv")
    )

    assert f"PRAGMA journal_mode={journal};" in opened["OPTIONS"]["init_command"]
    assert "PRAGMA synchronous=FULL;" in opened["OPTIONS"]["init_command"]  # a power cut takes nothing back
