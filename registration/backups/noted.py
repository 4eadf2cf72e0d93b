"""What would be lost: since when something is stored that no backup holds."""

from datetime import UTC, datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.db.models.functions import Coalesce
from django.utils import timezone

from conference import clock
from conference.asking import asked_at_once, first
from registration.models import Backup, Registration, Step

LATE = timedelta(days=3)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # where no backup was made yet


def unsaved_since() -> datetime | None:
    """When participants, or staff, first stored something after the last backup, if that is long ago.

    While nothing is stored no backup is missed. A rehearsal holds nothing that is real.
    """
    if clock.is_rehearsal():
        return None
    last = Coalesce(first(Backup.objects.order_by("-made_at"), "made_at"), LONG_AGO)
    columns: list[tuple[type[Model], str]] = [(Registration, "created_at"), (Step, "at"), (LogEntry, "action_time")]
    later = {
        f"{model._meta.model_name}_at": first(
            model._base_manager.filter(**{f"{column}__gt": last}).order_by(column), column
        )
        for model, column in columns
    }
    earliest = min((moment for moment in asked_at_once(later).values() if moment), default=None)
    return earliest if earliest and timezone.now() - earliest > LATE else None
