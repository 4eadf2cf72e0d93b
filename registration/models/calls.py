"""Telephone calls that staff made to tell a message: who called, when, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.fields import SiteMomentField
from registration.choices import CallResult
from registration.models.messages import Message


class Call(models.Model):
    message = models.ForeignKey(Message, models.CASCADE, related_name="calls")
    at = SiteMomentField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by"))
    result = models.CharField(_("result"), max_length=10, choices=CallResult)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.message)
