"""What would be lost: since when something is stored that no backup holds."""

from datetime import datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.db.models import Max, Min
from django.utils import timezone

from conference import clock
from registration.models import Backup, Registration, Step

LATE = timedelta(days=3)


def unsaved_since() -> datetime | None:
    """When participants, or staff, first stored something after the last backup, if that is long ago.

    While nothing is stored no backup is missed. A rehearsal holds nothing that is real.
    """
    if clock.is_rehearsal():
        return None
    last = Backup.objects.aggregate(at=Max("made_at"))["at"]
    found = []
    for model, column in ((Registration, "created_at"), (Step, "at"), (LogEntry, "action_time")):
        later = model._base_manager.filter(**{f"{column}__gt": last}) if last else model._base_manager.all()
        found.append(later.aggregate(at=Min(column))["at"])
    first = min((moment for moment in found if moment), default=None)
    return first if first and timezone.now() - first > LATE else None
