"""The moment at which a project reached the site."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from conference import clock


def arrived_at() -> datetime:
    """Now, by one clock for all servers of the site: that of PostgreSQL. In a rehearsal, by the rehearsal's.

    On SQLite there is one server, with one clock.
    """
    now = clock.now()
    if connection.vendor != "postgresql":
        return now
    return of_database() + (now - timezone.now())


def of_database() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
