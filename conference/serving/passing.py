"""What passes by itself: a database that is away, or busy. A leaf, for the log is set up before everything else."""

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError

READ_ONLY = "25006"  # PostgreSQL: read_only_sql_transaction, as on a machine that only follows another


def is_passing(error: BaseException | None) -> bool:
    """The database is away, busy, or may only be read for now.

    psycopg2 raises a plain DatabaseError where its connection breaks.
    """
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "pgcode", "") == READ_ONLY
    return isinstance(error, InterfaceError | OperationalError) or type(error) is DatabaseError
