"""Whether this process can serve: what stands in the way, by name, without a secret. For machines that ask /readyz."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F

from registration.encryption import trying
from registration.models import Tending

LEAST_ROOM = 200 * 1024 * 1024  # bytes on a disk: what a day of sign-ups, pictures and a rewriting of tables takes


def answers() -> dict[str, str]:
    """For each thing that the site needs: what is wrong with it, empty where nothing is."""
    return {name: _asked(question) for name, question in QUESTIONS.items()}


def _asked(question: Callable[[], str]) -> str:
    try:
        return question()
    except Error as error:  # its text may hold an address, or a value
        return f"the database does not answer ({type(error).__name__})"


def _database() -> str:
    """Writes no row: a database that may only be read refuses even that."""
    with transaction.atomic():
        Tending.objects.filter(pk=0).update(reported_at=F("reported_at"))
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} are missing" if missing else ""


def _helper() -> str:
    if Tending.last_report() is None:
        return "tend_registration has never reported"
    silent = Tending.silent_since()
    return f"tend_registration has not reported since {silent:%Y-%m-%d %H:%M} UTC" if silent else ""


def _disk() -> str:
    room = room_left()
    return "" if room >= LEAST_ROOM else f"{room // 1024**2} MB are left"


def room_left() -> int:
    """In bytes, on the fullest disk that the site writes to."""
    folders = [Path(settings.MEDIA_ROOT), settings.ERASURE_LEDGER.parent]
    if connection.vendor == "sqlite":
        folders.append(Path(connection.settings_dict["NAME"]).parent)
    there = {next(one for one in (folder, *folder.parents) if one.exists()) for folder in map(Path.absolute, folders)}
    return min(shutil.disk_usage(folder).free for folder in there)


QUESTIONS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "helper": _helper,
    "keys": trying.what_is_wrong,
    "disk": _disk,
}
