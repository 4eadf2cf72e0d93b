"""Who looked at sensitive answers, or took a list away."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from conference.words import moment
from registration.choices import Look
from registration.encryption.columns import EncryptedTextField
from registration.models import log_words

FORGETTABLE = {"subject", "reason"}  # what erasing personal data takes out of a line (registration.retention)


class LogIsKept(Exception):
    """A line of the access log is written once, and stays as it is."""


class AccessLogQuerySet(models.QuerySet["AccessLog"]):
    """Keeps programmers from changing the log by accident. A person who has the database itself still can."""

    def update(self, **columns: Any) -> int:
        if not columns.keys() <= FORGETTABLE:
            raise LogIsKept
        return super().update(**columns)

    def delete(self) -> NoReturn:
        raise LogIsKept

    # As Django has it: templates do not call it, and the manager does not have it.
    delete.alters_data = True  # type: ignore[attr-defined] # a function may have attributes, which mypy does not know
    delete.queryset_only = True  # type: ignore[attr-defined]


class AccessLog(models.Model):
    """Who looked at sensitive answers or took a list away, when and which columns; never the answers."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("who"))
    look = models.CharField(_("what"), max_length=20, choices=Look)
    subject = models.CharField(_("of what"), max_length=200)
    columns = models.TextField(_("columns"), blank=True)
    count = models.PositiveIntegerField(_("records"), default=1)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, verbose_name=_("edition"))
    # Staff type it, and may name a person. None where no reason was asked for, and once it is erased.
    reason = EncryptedTextField(_("reason"), null=True, blank=True)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("access log entry")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            # The edition tells when the reason is to be erased.
            models.CheckConstraint(
                name="a_reason_belongs_to_an_edition",
                condition=Q(reason__isnull=True) | Q(edition__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{moment(self.at)}: {self.get_look_display()}, {self.subject_in_words}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LogIsKept
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsKept

    @property
    def subject_in_words(self) -> str:
        return log_words.subject(self.subject)
