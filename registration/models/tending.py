"""That the helper of the site is at work: `manage.py tend_registration`."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

LONGEST_SILENCE = timedelta(minutes=3)  # it reports every quarter of a minute; erasing may take it longer


class Tending(models.Model):
    """One row: when the helper reported last, or when a start of the site began to wait for it. In real time."""

    reported_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.reported_at:%Y-%m-%d %H:%M}"

    @classmethod
    def report(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"reported_at": timezone.now()})

    @classmethod
    def last_report(cls) -> datetime | None:
        """None where neither a start nor the helper has written one yet."""
        return cls.objects.values_list("reported_at", flat=True).first()

    @classmethod
    def silent_since(cls) -> datetime | None:
        """None while it reports, or where none is expected yet."""
        return silent(cls.last_report())


def silent(last_report: datetime | None) -> datetime | None:
    """The last report, where it is too old. A report from the future is of a clock put back."""
    is_late = last_report and abs(timezone.now() - last_report) > LONGEST_SILENCE
    return last_report if is_late else None
