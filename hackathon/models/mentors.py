"""Mentors, and the hours that teams book with them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.fields import ChoicesField
from conference.language.translated import Bilingual, in_either_language, line, prose
from conference.words import clock as time_of_day
from conference.words import moment
from hackathon.choices import Spoken
from hackathon.models.call import Hackathon
from hackathon.models.teams import Team


class Mentor(Bilingual):
    """An expert whom teams ask. The name stands on the page of the call, like that of a speaker."""

    hackathon = models.ForeignKey(Hackathon, models.CASCADE, related_name="mentors", verbose_name=_("hackathon"))
    name = line(_("name, family name first"), max_length=120)
    about = prose(_("what teams can ask about"))
    spoken = ChoicesField(_("languages"), options=Spoken)
    place = line(_("where the mentor sits"), max_length=120)
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)  # raised to revoke the mentor's link
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("mentor")
        verbose_name_plural = _("mentors")
        ordering = ["position", "pk"]
        constraints = [in_either_language("name")]

    def __str__(self) -> str:
        return str(self.name)


class MentorHourQuerySet(models.QuerySet["MentorHour"]):
    def to_come(self) -> "MentorHourQuerySet":
        return self.filter(starts_at__gt=clock.now())

    def free(self) -> "MentorHourQuerySet":
        return self.to_come().filter(team=None)


class MentorHour(models.Model):
    """A time with a mentor that one team can book."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="hours", verbose_name=_("mentor"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="hours", verbose_name=_("booked by")
    )
    question = models.CharField(_("what the team asks"), max_length=300, blank=True)

    objects = MentorHourQuerySet.as_manager()

    class Meta:
        verbose_name = _("hour of a mentor")
        verbose_name_plural = _("hours of mentors")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mentor_hour_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The end must be after the beginning."),
            ),
            models.UniqueConstraint(
                "mentor",
                "starts_at",
                name="one_hour_of_a_mentor_at_a_time",
                violation_error_message=_("This mentor has an hour at this time already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{moment(self.starts_at)} – {time_of_day(self.ends_at)}"
