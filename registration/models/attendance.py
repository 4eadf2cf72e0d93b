"""Who was there, day by day."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agenda.models import Day
from conference.fields import SiteMomentField
from registration.models.registration import Registration


class Attendance(models.Model):
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="attendance", verbose_name=_("registration")
    )
    day = models.ForeignKey(Day, models.PROTECT, related_name="attendance", verbose_name=_("day"))
    at = SiteMomentField(_("when"), auto_now_add=True)
    # At the desk. Empty: noted afterwards, from paper.
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, verbose_name=_("noted by")
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [models.UniqueConstraint("registration", "day", name="a_person_attends_a_day_once")]

    def __str__(self) -> str:
        """Without a date: the day has that of the draft (see agenda.publishing.chosen)."""
        return str(self.registration)


class DeskAct(models.Model):
    """One press of a button at the desk: a participant is taken in on a day, or the taking in is taken back.

    Who was there follows from these (desk.arrivals), in whatever order the devices send them. The device gives each
    its key, so that what is sent twice is one.
    """

    class What(models.TextChoices):
        IN = "in", _("taken in")
        UNDO = "undo", _("taken back")

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="desk_acts")
    day = models.ForeignKey(Day, models.CASCADE, related_name="desk_acts")
    what = models.CharField(max_length=4, choices=What)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.registration)
