"""Who was there, day by day."""

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
