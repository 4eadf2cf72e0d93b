"""When everything was last copied."""

from django.db import models


class Backup(models.Model):
    """The last backup (registration.backups.making). A restored database tells of the one before."""

    # In real time. Written by hand: it must not count as a sign that the clock is right (retention.by_date).
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.made_at.isoformat()
