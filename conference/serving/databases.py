"""How the site opens a database, whichever address it has."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from environ import Env

BATCH = 500  # rows in one statement, which may name each a few times: SQLite takes 32,766 values in it
Row = TypeVar("Row")

# SQLite 3.7.0 to 3.51.2 can corrupt a WAL database under several writers (sqlite.org/changes.html, 3.51.3).
JOURNAL = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE"


def settings_of(url: str, project: Path) -> dict[str, Any]:
    """What Django wants to know of the database at this address. A path of SQLite begins in the project's folder."""
    database: dict[str, Any] = Env.db_url_config(url)
    database["CONN_MAX_AGE"] = 600
    database["CONN_HEALTH_CHECKS"] = True  # a connection from before a restart of PostgreSQL is made anew
    if database["ENGINE"].endswith("sqlite3"):
        database["NAME"] = project / database["NAME"]
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a place that was confirmed survives a power cut.
            "init_command": f"PRAGMA journal_mode={JOURNAL}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            # What is deleted is overwritten, so that the answers of erased participants are not left in the file.
            "PRAGMA secure_delete=ON;",
        }
    else:
        # A pool of connections (pgbouncer) refuses a client that sends options when it connects, and keeps no cursor
        # between two transactions. So the lock of the places says by itself how long it waits (places/lock.py).
        database["DISABLE_SERVER_SIDE_CURSORS"] = True
        # Seconds, where the machine of the database does not answer at all.
        database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    return database


def batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """As many at a time as one statement takes."""
    return (rows[begin : begin + BATCH] for begin in range(0, len(rows), BATCH))
