"""What passes by itself: a database that is away, or busy. A leaf, for the log is set up before everything else."""

from django.db import DatabaseError, InterfaceError, OperationalError


def is_passing(error: BaseException | None) -> bool:
    """The database is away, or busy. psycopg2 raises a plain DatabaseError where its connection breaks."""
    return isinstance(error, InterfaceError | OperationalError) or type(error) is DatabaseError
