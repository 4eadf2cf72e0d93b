"""The databases of the tests. Their tables are made once in a run, and every process copies them.

On SQLite they stay in var/ for the next run, until a migration or a package changes: to migrate takes longer than most
of what one runs while one works. A fresh clone, as CI is, migrates.

A process has two. One has no row of ours. The other one has the edition of 2024, open for sign-up, and the groups of
staff: making them takes longer than most tests.
"""

import fcntl
import hashlib
import os
import shutil
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from agenda.editions.loading import load_edition
from agenda.models import ProgrammeVersion
from agenda.programme.value import from_tables
from conference.models import Edition, Organisation
from registration.models import Intake
from registration.staff import make_groups
from tests.factories import open_intake

QUIETLY = {"verbosity": 0, "autoclobber": True}


@contextmanager
def one_process_at_a_time(folder):
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_databases(folder, process):
    """The usual connection leads to the empty database from now on; gives one to the database with the edition."""
    empty = connections["default"]
    if empty.vendor == "sqlite":
        # A file: tests with threads would share one connection of a database in memory.
        empty.settings_dict["TEST"]["NAME"] = str(folder / "test.sqlite3")
        # These rows need not survive a power cut. The servers that tests start have settings of their own.
        options = empty.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    with one_process_at_a_time(folder):
        is_first = not (folder / "tables").exists()
        loaded = make_tables(empty) if is_first else reach_tables(empty)
        (folder / "tables").touch()
        for one in (empty, loaded):
            copy_database(one, process)
    return loaded


def make_tables(empty):
    kept = kept_tables() if empty.vendor == "sqlite" else None
    if kept and kept.exists():
        empty.settings_dict["NAME"] = shutil.copyfile(kept, empty.creation._get_test_db_name())
    else:
        empty.creation.create_test_db(serialize=False, **QUIETLY)
    empty.close()
    if kept and not kept.exists():
        keep(Path(empty.settings_dict["NAME"]), kept)
    loaded = empty.copy()
    copy_database(loaded, "loaded")
    with in_use(loaded):
        load_2024()
        make_groups()
    loaded.close()
    return loaded


def kept_tables():
    """The file with the tables that these migrations make."""
    files = [settings.BASE_DIR / "requirements.lock", *sorted(settings.BASE_DIR.glob("*/migrations/*.py"))]
    read = hashlib.sha256(repr(settings.INSTALLED_APPS).encode())
    for file in files:
        read.update(f"{file.relative_to(settings.BASE_DIR)} ".encode() + hashlib.sha256(file.read_bytes()).digest())
    return settings.BASE_DIR / f"var/test-tables-{read.hexdigest()[:16]}.sqlite3"


def keep(made, kept):
    for older in kept.parent.glob("test-tables-*"):
        older.unlink(missing_ok=True)
    new = kept.with_suffix(f".{os.getpid()}")  # another run beside this one reads no half file
    shutil.copyfile(made, new)
    new.rename(kept)


def reach_tables(empty):
    """As make_tables leaves the connections, where another process made the tables."""
    empty.close()
    empty.settings_dict["NAME"] = empty.creation._get_test_db_name()
    loaded = empty.copy()
    loaded.settings_dict["NAME"] = loaded.creation.get_test_db_clone_settings("loaded")["NAME"]
    return loaded


def copy_database(one, suffix):
    """The connection leads to the copy from now on."""
    one.creation.clone_test_db(suffix, **QUIETLY)
    one.settings_dict["NAME"] = one.creation.get_test_db_clone_settings(suffix)["NAME"]


@contextmanager
def in_use(one):
    """Everything in this thread asks this connection until the end of the block."""
    usual = connections["default"]
    connections["default"] = one
    ContentType.objects.clear_cache()  # after a test with transactions of its own their keys differ
    try:
        yield
    finally:
        connections["default"] = usual
        ContentType.objects.clear_cache()


@contextmanager
def draft_read_once(loaded, found):
    """Until the test changes the agenda, its draft is what the first test of this process has read (`found`).

    Reading it takes a third of the time of a sign-up. A test that counts its queries reads it anew every time.
    """
    is_changed = False

    def note(execute, sql, *rest):
        nonlocal is_changed
        is_changed = is_changed or changes_agenda(str(sql))
        return execute(sql, *rest)

    def draft(edition):
        if is_changed or connections["default"] is not loaded or loaded.force_debug_cursor:
            return from_tables(edition)
        if edition.pk not in found:
            found[edition.pk] = from_tables(edition)
        return found[edition.pk]

    with pytest.MonkeyPatch.context() as patch, loaded.execute_wrapper(note):
        patch.setattr("agenda.publishing.versions.from_tables", draft)
        yield


def changes_agenda(sql):
    return not sql.startswith("SELECT") and any(f'"{table}"' in sql for table in agenda_tables())


@cache
def agenda_tables():
    models = [*apps.get_app_config("agenda").get_models(), Organisation, Organisation.part_of.through]
    return {model._meta.db_table for model in models} - {ProgrammeVersion._meta.db_table}


def load_2024():
    """The real edition, open for sign-up; nothing is done where it is there already.

    Its data is never erased: a test of erasing sets the dates.
    """
    load_edition(2024)
    edition = Edition.objects.current()
    if not Intake.objects.filter(edition=edition).exists():
        open_intake(edition)
        Intake.objects.update(erase_sensitive_on=None, erase_all_on=None)
    return edition
