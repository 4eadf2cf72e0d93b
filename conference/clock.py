"""The moment by which the site lives: the real one, or that of a rehearsal (SITE_CLOCK), from which it runs on.

Everything that the conference decides by, or shows, asks here. Real time is asked only for what must not be rehearsed:
sessions and other parts of Django, tries to open a registration, the log of who looked at what, and erasing by date.
"""

import os
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    ahead = _ahead(settings.SITE_CLOCK, settings.SITE_CLOCK_FILE)  # before the real moment: it may begin only now
    return timezone.now() + ahead


def today() -> date:
    """The day in Phnom Penh."""
    return timezone.localdate(now())


def is_rehearsal() -> bool:
    return settings.SITE_CLOCK is not None


@cache
def _ahead(moment: datetime | None, file: Path) -> timedelta:
    """How far the clock of the site is ahead of the real one."""
    return timezone.make_aware(moment) - _begun_at(moment, file) if moment else timedelta(0)


def _begun_at(moment: datetime, file: Path) -> datetime:
    """The real moment at which the rehearsal was started first.

    A file keeps it, so that the clock is the same in all processes and goes on over restarts. With another SITE_CLOCK
    the rehearsal begins anew.
    """
    noted = file.read_text().split() if file.exists() else []
    if len(noted) == 2 and noted[0] == moment.isoformat():
        return datetime.fromisoformat(noted[1])
    begun_at = timezone.now()
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")  # no other process reads half a file
    unfinished.write_text(f"{moment.isoformat()} {begun_at.isoformat()}\n")
    unfinished.replace(file)
    return begun_at
