"""Where a file came from: which version of the programme, as of when, from which site."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from agenda.programme.value import Programme
from agenda.publishing import versions
from conference import clock
from conference.models import Edition


@dataclass(frozen=True)
class Stamp:
    site: str  # https://..., for addresses in a file
    version: int  # 0: the programme was never published
    changed_at: datetime


def stamped(edition: Edition, site: str) -> tuple[Programme, Stamp]:
    """The programme for files, and its stamp. Every file takes the programme from here."""
    shown = versions.shown(edition)
    today = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return shown.programme, Stamp(site, version=shown.version or 0, changed_at=shown.published_at or today)
