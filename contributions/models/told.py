"""Letters to people who are no participants: they wait here until they have left. No text and no link is kept."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.fields import SiteMomentField
from conference.models import Edition
from contributions.choices import ToldState


class Told(models.Model):
    """`kind` says who writes the letter (telling.queue), `key` about which row. It is written when it leaves."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # its Message-ID, also when sent again
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name=_("edition"))
    kind = models.CharField(_("letter"), max_length=30)
    key = models.PositiveBigIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=ToldState, default=ToldState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"), default=clock.now)  # while it is being sent: the end of the lease
    created_at = SiteMomentField(_("written"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("letter about a contribution")
        verbose_name_plural = _("letters about contributions")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["state", "due_at"], name="letters_to_send")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
