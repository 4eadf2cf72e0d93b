"""Talks that staff had accepted, and that fall away: they must know it, also of a person who is erased."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agenda.models import Session
from conference.fields import SiteMomentField
from contributions.models.calls import Call
from contributions.models.proposals import Proposal


class WhyOff(models.TextChoices):
    WITHDRAWN = "withdrawn", _("the person withdrew the talk")
    ERASED = "erased", _("the person had all of it erased")
    NO = "no", pgettext_lazy("speaker", "a speaker cannot come")


class TalkOff(models.Model):
    """It waits until staff have dealt with it, or another talk fills the session."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="+", verbose_name=_("call for speakers"))
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, related_name="+", verbose_name=_("session or topic of the agenda")
    )
    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposal"))
    why = models.CharField(_("what happened"), max_length=10, choices=WhyOff)
    at = SiteMomentField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("talk that fell away")
        verbose_name_plural = _("talks that fell away")
        ordering = ["-at", "-pk"]
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        """Never a name, nor the title of what was withdrawn."""
        return str(self.session or self.call)
