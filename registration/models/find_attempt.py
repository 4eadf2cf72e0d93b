"""A visitor who tries reference numbers and telephone numbers until one fits is stopped; the site keeps no address."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import models
from django.db.models import Count
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from conference.models import Edition

WRONG_AN_HOUR = 5
WINDOW = timedelta(hours=1)
SALT = "registration.find_attempt"


class FindAttemptQuerySet(models.QuerySet["FindAttempt"]):
    def too_many(self, attempts: Iterable["FindAttempt"]) -> bool:
        """Whether what one of these attempts tried was tried too often in the last hour, they themselves counted."""
        keys = {attempt.key for attempt in attempts}
        tried = self.filter(key__in=keys, at__gt=timezone.now() - WINDOW).order_by()
        return tried.values("key").annotate(times=Count("pk")).filter(times__gt=WRONG_AN_HOUR).exists()

    def past(self) -> "FindAttemptQuerySet":
        """Those that no longer count."""
        return self.filter(at__lte=timezone.now() - WINDOW)


class FindAttempt(models.Model):
    """A visitor tried to open a registration with a number, or with a telephone; what they typed is not kept."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="find_attempts", verbose_name=_("edition"))
    key = models.CharField(max_length=64, db_index=True, editable=False)  # a salted hash
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)

    objects = FindAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt to find a registration")
        verbose_name_plural = _("attempts to find a registration")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def of(cls, edition: Edition, kind: str, value: str) -> "FindAttempt":
        """Not saved yet. The same number in two editions is two numbers."""
        key = salted_hmac(SALT, f"{edition.pk}:{kind}:{value}", algorithm="sha256").hexdigest()
        return cls(edition=edition, key=key)
