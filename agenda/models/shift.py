"""The record of "from here on, N minutes later": what is needed to undo it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ShiftQuerySet(models.QuerySet["Shift"]):
    def latest_first(self) -> "ShiftQuerySet":
        return self.order_by("-at", "-pk")


class Shift(models.Model):
    """Rows of one day that were moved together. `moved` has their times before and after, so that they can go back."""

    day = models.ForeignKey("agenda.Day", models.CASCADE, related_name="shifts", verbose_name=_("day"))
    track = models.ForeignKey("agenda.Track", models.SET_NULL, null=True, blank=True, verbose_name=_("track"))
    minutes = models.SmallIntegerField(_("minutes later"))
    starts_at = models.TimeField(_("from"))
    moved = models.JSONField(_("times before and after"), default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by"))
    at = models.DateTimeField(_("when"))
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("move in time")
        verbose_name_plural = _("moves in time")
        constraints = [models.CheckConstraint(name="shift_moves_something", condition=~models.Q(minutes=0))]

    def __str__(self) -> str:
        return f"{self.day}: {self.minutes:+}"
