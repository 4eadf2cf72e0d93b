"""A person under 18 would like to come: we call their parent or guardian, and know their first name and no more."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from conference.fields import SiteMomentField
from conference.models import Edition
from conference.words import moment
from registration.encryption.columns import EncryptedTextField

SALT = "registration.guardian_call"


class GuardianCallQuerySet(models.QuerySet["GuardianCall"]):
    def still_open(self) -> "GuardianCallQuerySet":
        return self.filter(is_done=False)


class GuardianCall(models.Model):
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="guardian_calls", verbose_name=_("edition"))
    parent_key = models.UUIDField(unique=True, editable=False)  # one parent is one call: made of the telephone
    child_name = EncryptedTextField(_("first name of the young person"), default="")  # of several, with commas
    guardian_name = EncryptedTextField(_("parent or guardian"))
    guardian_phone = EncryptedTextField(_("telephone of the parent or guardian"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    created_at = SiteMomentField(_("asked for"), auto_now_add=True)
    is_done = models.BooleanField(_("called"), default=False)

    objects = GuardianCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call to a guardian")
        verbose_name_plural = _("calls to guardians")
        ordering = ["is_done", "created_at"]

    def __str__(self) -> str:
        return moment(self.created_at)  # never a name: the admin log keeps this text

    @staticmethod
    def key_of(edition: Edition, phone: str) -> uuid.UUID:
        """The same for the same telephone in one edition. The telephone cannot be told from it."""
        digest = salted_hmac(SALT, f"{edition.pk}:{phone}", algorithm="sha256").digest()
        return uuid.UUID(bytes=digest[:16])
