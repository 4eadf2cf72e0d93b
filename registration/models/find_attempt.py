"""A visitor who tries numbers and codes until one fits is stopped; the site keeps no address and nothing typed."""

from collections.abc import Collection
from datetime import timedelta

from django.db import models
from django.db.models import Count
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from conference.models import Edition

WRONG_AN_HOUR = 5  # of one visitor for one person
PEOPLE_AN_HOUR = 60  # tries of one visitor in all: people on one mobile network may share an address
WINDOW = timedelta(hours=1)
SALT = "registration.find_attempt"


class FindAttemptQuerySet(models.QuerySet["FindAttempt"]):
    def too_many(self, attempts: Collection["FindAttempt"]) -> bool:
        """Whether one of these was tried too often in the last hour, they themselves counted."""
        keys = {attempt.key for attempt in attempts}
        tried = self.filter(key__in=keys, at__gt=timezone.now() - WINDOW).order_by()
        times = dict(tried.values_list("key").annotate(Count("pk")))
        return any(times.get(attempt.key, 0) > attempt.limit for attempt in attempts)

    def past(self) -> "FindAttemptQuerySet":
        """Those that no longer count."""
        return self.filter(at__lte=timezone.now() - WINDOW)

    def take_back(self, attempts: Collection["FindAttempt"]) -> None:
        self.filter(pk__in=[attempt.pk for attempt in attempts]).delete()


class FindAttempt(models.Model):
    """A visitor tried to open a registration, or one visitor tried anything at all. What they typed is not kept.

    Every limit is that of one visitor: by one on a telephone or a number alone a stranger could shut a person out.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="find_attempts", verbose_name=_("edition"))
    key = models.CharField(max_length=64, db_index=True, editable=False)  # a keyed hash
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)

    limit: int  # of one that `by` or `of_person` made

    objects = FindAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt to find a registration")
        verbose_name_plural = _("attempts to find a registration")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def by(cls, edition: Edition, visitor: str) -> "FindAttempt":
        """A try of this visitor, whomever it is about. Not saved yet."""
        return cls._of(edition, f"visitor:{visitor}", PEOPLE_AN_HOUR)

    @classmethod
    def of_person(cls, edition: Edition, visitor: str, kind: str, value: str) -> "FindAttempt":
        """A try of this visitor for one person, whom a number, a telephone or a key names. Not saved yet."""
        return cls._of(edition, f"{kind}:{visitor}:{value}", WRONG_AN_HOUR)

    @classmethod
    def _of(cls, edition: Edition, value: str, limit: int) -> "FindAttempt":
        """The same value in two editions is two."""
        key = salted_hmac(SALT, f"{edition.pk}:{value}", algorithm="sha256").hexdigest()
        attempt = cls(edition=edition, key=key)
        attempt.limit = limit
        return attempt
