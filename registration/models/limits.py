"""Days, themes and rooms that a person has chosen, and what limits an edition besides its number of places."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agenda.choices import Kind
from agenda.models import Day, Session
from conference.words import digits, labelled
from registration.choices import ELSEWHERE, Part, Province, Sector
from registration.models.intake import Intake
from registration.models.registration import Registration


class DayPlaces(models.Model):
    """How many people a day holds, if fewer than the edition."""

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="day_places", verbose_name=_("intake"))
    day = models.OneToOneField(Day, models.CASCADE, related_name="places", verbose_name=_("day"))
    places = models.PositiveIntegerField(_("places"))

    class Meta:
        verbose_name = _("places of a day")
        verbose_name_plural = _("places of days")
        ordering = ["day__date"]

    def __str__(self) -> str:
        return labelled(self.day, self.places)


class BreakoutPlaces(models.Model):
    """How many people a theme or room of a breakout holds."""

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="breakout_places", verbose_name=_("intake"))
    session = models.OneToOneField(
        Session,
        models.CASCADE,
        related_name="places",
        verbose_name=_("theme or room"),
        limit_choices_to={"parent__kind": Kind.BREAKOUT, "kind__in": [Kind.THEME, Kind.BREAKOUT]},
    )
    places = models.PositiveIntegerField(_("places"))

    class Meta:
        verbose_name = _("places of a theme or room")
        verbose_name_plural = _("places of themes and rooms")
        ordering = ["session__day__date", "session__starts_at", "session__position", "pk"]

    def __str__(self) -> str:
        return labelled(self.session, self.places)


class ReservedPlaces(models.Model):
    """Places that only some may have, until a date. No sensitive answer decides: staff do that by hand."""

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="reserved_places", verbose_name=_("intake"))
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    part = models.CharField(_("takes part as"), max_length=20, choices=Part, blank=True)
    province = models.CharField(
        _("province"), max_length=10, choices=[(ELSEWHERE, _("any but Phnom Penh")), *Province.choices], blank=True
    )
    places = models.PositiveIntegerField(_("places"))
    until = models.DateTimeField(
        _("kept until"), null=True, blank=True, help_text=_("Then they are open to all. Empty: to the end.")
    )

    class Meta:
        verbose_name = _("reserved places")
        verbose_name_plural = _("reserved places")
        ordering = ["pk"]

    def __str__(self) -> str:
        return labelled(self.intake, self.places)

    def is_for(self, person: Registration) -> bool:
        """Without a condition the places are given by staff alone, by hand."""
        if not (self.sector or self.part or self.province):
            return person.confirmed_by_hand
        is_from = self.province in ("", person.province)
        is_from = is_from or (self.province == ELSEWHERE and person.province not in ("", Province.PHNOM_PENH))
        return is_from and self.sector in ("", person.sector) and self.part in ("", person.part)


def _people(choices: "list[DayChoice] | list[BreakoutChoice]") -> int:
    return len({choice.registration_id for choice in choices})


class DayChoice(models.Model):
    """A person has chosen a day, which cannot be deleted then."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="+")
    day = models.ForeignKey(Day, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("chosen day")
        verbose_name_plural = _("chosen days")
        default_permissions = ()
        db_table = "registration_registration_days"  # from before the table was a model of its own
        unique_together = [("registration", "day")]  # likewise: a UniqueConstraint would have another name there

    def __str__(self) -> str:
        """Without a date: the day has that of the draft (see agenda.publishing.chosen)."""
        return str(self.registration)

    @staticmethod
    def in_the_way(choices: list["DayChoice"]) -> str:
        """What staff read when they try to delete the days (conference.staff.deleting)."""
        number = _people(choices)
        said = ngettext(
            "%(number)s person has chosen a day that would be deleted: set its sessions to “cancelled”, or move the "
            "person to another day first.",
            "%(number)s people have chosen a day that would be deleted: set its sessions to “cancelled”, or move the "
            "people to another day first.",
            number,
        )
        return said % {"number": digits(number)}


class BreakoutChoice(models.Model):
    """A person will go to one theme or room of a breakout. Neither can be deleted then.

    Seats are numbered: no seat is given twice.
    """

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="breakout_choices", verbose_name=_("registration")
    )
    breakout = models.ForeignKey(Session, models.PROTECT, related_name="+", verbose_name=_("breakout"))
    session = models.ForeignKey(
        Session, models.PROTECT, related_name="breakout_choices", verbose_name=_("theme or room")
    )
    seat_no = models.PositiveIntegerField(_("seat"))

    class Meta:
        verbose_name = _("choice of a theme or room")
        verbose_name_plural = _("choices of themes and rooms")
        ordering = ["breakout__day__date", "breakout__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint("registration", "breakout", name="one_choice_a_breakout"),
            models.UniqueConstraint("session", "seat_no", name="one_person_a_seat"),
        ]

    def __str__(self) -> str:
        """Without a title: the session has that of the draft (see agenda.publishing.chosen)."""
        return str(self.registration)

    @staticmethod
    def in_the_way(choices: list["BreakoutChoice"]) -> str:
        """What staff read when they try to delete the sessions (conference.staff.deleting)."""
        number = _people(choices)
        said = ngettext(
            "%(number)s person has chosen a theme or room that would be deleted: set it to “cancelled” instead.",
            "%(number)s people have chosen a theme or room that would be deleted: set it to “cancelled” instead.",
            number,
        )
        return said % {"number": digits(number)}
