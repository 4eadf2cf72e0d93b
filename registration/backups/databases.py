"""Another database than that of the settings, for a while; and a look at this one at one moment."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections, transaction
from django.db.utils import ConnectionHandler

from conference.serving.databases import settings_of
from registration.backups.problem import Problem

ADDRESS = re.compile(r"sqlite:///.+|(?:postgres|postgresql|pgsql)://.*/[^/]+")


@contextmanager
def in_use(url: str) -> Iterator[None]:
    """Everything in this thread asks this database until the end of the block."""
    if not ADDRESS.fullmatch(url):
        raise Problem("The address of a database is sqlite:///PATH or postgres://USER:PASSWORD@HOST/NAME.")
    usual = connections["default"]
    other = ConnectionHandler({"default": settings_of(url, settings.BASE_DIR)})["default"]
    connections["default"] = other
    ContentType.objects.clear_cache()  # it keeps the numbers of rows
    try:
        yield
    finally:
        other.close()
        connections["default"] = usual
        ContentType.objects.clear_cache()


@contextmanager
def at_one_moment(folder: Path) -> Iterator[None]:
    """What is read in the block is of one moment, and holds up no visitor who writes meanwhile.

    SQLite has one lock for reading and writing: what is read is a copy of the file, which its own backup makes in a
    moment. PostgreSQL shows the moment at which a transaction began.
    """
    if connection.vendor == "sqlite":
        copy = folder / "copy.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)
        try:
            with in_use(f"sqlite:///{copy}"):
                yield
        finally:
            copy.unlink()
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
