"""How an edition takes people in."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.asking import Given, Prepared
from conference.language.translated import Bilingual, bilingual
from conference.models import Edition
from registration.choices import ErasingWaits

SENSITIVE_DAYS, ALL_DAYS = 30, 90  # kept after the last day, before they are erased
BY_ITSELF = _("Empty when the intake is made: the site sets it, counted from the last day.")
OWN_WORDS = _("Empty: the site says it in its own words.")


class IntakeQuerySet(models.QuerySet["Intake"]):
    def without_dates(self) -> "IntakeQuerySet":
        """Those of which something personal would never be erased."""
        empty = Q(erase_sensitive_on=None) | Q(erase_all_on=None)
        return self.filter(empty).select_related("edition").order_by("edition__year")


_OF_EDITION = Prepared(lambda: Intake.objects.filter(edition=Given("edition")))


class Intake(Bilingual):
    """How an edition takes people in. Its row is also the lock that makes sign-ups queue (places.lock)."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="intake", verbose_name=_("edition"))
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Empty: not open yet."))
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_("Empty: after the last day. No person can sign up later, whatever stands here."),
    )
    changes_until = models.DateTimeField(
        _("participants change their answers until"),
        null=True,
        blank=True,
        help_text=_(
            "Empty: until the first day begins, and as long as registration is open. Afterwards they ask you to "
            "change something."
        ),
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit."))
    needs_approval = models.BooleanField(_("staff decide on each registration"), default=False)
    offer_hours = models.PositiveSmallIntegerField(
        _("hours a place stays offered"),
        default=48,
        help_text=_("A free place is offered to the first on the waiting list for so long, then to the next."),
    )
    words_before = bilingual(models.TextField(_("what people read before it opens"), blank=True, help_text=OWN_WORDS))
    words_open = bilingual(models.TextField(_("what people read above the form"), blank=True, help_text=OWN_WORDS))
    words_full = bilingual(
        models.TextField(_("what people read when all places are taken"), blank=True, help_text=OWN_WORDS)
    )
    words_closed = bilingual(
        models.TextField(_("what people read when it is closed"), blank=True, help_text=OWN_WORDS)
    )
    erase_sensitive_on = models.DateField(
        _("access, food and travel answers are erased on"), null=True, blank=True, help_text=BY_ITSELF
    )
    erase_all_on = models.DateField(_("all personal data is erased on"), null=True, blank=True, help_text=BY_ITSELF)
    # What the daily run of erasing remembers (retention.by_date): when it last ran by a clock that agreed
    # with what is stored, when it last erased what was due, and why it erases nothing now.
    erasing_ran_on = models.DateField(null=True, blank=True, editable=False)
    erased_on = models.DateField(null=True, blank=True, editable=False)
    erasing_waits = models.CharField(max_length=20, choices=ErasingWaits, blank=True, editable=False)
    # Known where places.hall.intakes_with_rules has read the row: how many places are held, and their numbers.
    held: int
    lowest: int
    highest: int
    has_waiting_list: bool
    has_further_rules: bool  # places of days, or reserved ones
    turn = models.PositiveBigIntegerField(default=0, editable=False)  # written first in every sign-up: the lock

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        constraints = [
            models.CheckConstraint(
                name="intake_closes_after_it_opens",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=models.F("opens_at")),
                violation_error_message=_("Registration must close after it opens."),
            )
        ]

    def __str__(self) -> str:
        return str(self.edition)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Wherever an intake is made, its data has dates on which it is erased: never at once."""
        if self._state.adding:
            last_day = max(self.edition.ends_on, clock.today())
            self.erase_sensitive_on = self.erase_sensitive_on or last_day + timedelta(days=SENSITIVE_DAYS)
            self.erase_all_on = self.erase_all_on or last_day + timedelta(days=ALL_DAYS)
        super().save(*args, **kwargs)

    @classmethod
    def of(cls, edition: Edition) -> "Intake | None":
        """How an edition takes people in, or None where staff have not set it up."""
        intake = _OF_EDITION.first(edition=edition.pk)
        if intake:
            intake.edition = edition
        return intake

    @property
    def erase_dates(self) -> list[date]:
        return [day for day in (self.erase_sensitive_on, self.erase_all_on) if day]

    def is_due(self, today: date) -> bool:
        """One of the two dates has come."""
        return any(day <= today for day in self.erase_dates)

    @property
    def sensitive_until(self) -> date | None:
        """The day on which answers about access, food and travel are erased, or None where no date is set.

        The first of the two dates: when all personal data goes, these answers go too, whatever their own date says.
        """
        return min(self.erase_dates, default=None)

    def keeps_sensitive(self, today: date | None = None) -> bool:
        return self.sensitive_until is None or (today or clock.today()) < self.sensitive_until

    def links_expired(self, today: date | None = None) -> bool:
        """A participant's own link works until the personal data is erased."""
        return self.erase_all_on is not None and self.erase_all_on <= (today or clock.today())

    @property
    def takes_changes(self) -> bool:
        """Participants may still change their answers themselves."""
        first_day = timezone.make_aware(datetime.combine(self.edition.starts_on, time.min))
        in_time = clock.now() < (self.changes_until or first_day)
        return in_time or (self.changes_until is None and self.is_open)

    @property
    def is_yet_to_open(self) -> bool:
        return self.opens_at is None or clock.now() < self.opens_at

    @property
    def is_open(self) -> bool:
        """From the moment that staff gave, until it closes; never after the last day."""
        if self.is_yet_to_open or self.edition.is_over:
            return False
        return self.closes_at is None or clock.now() < self.closes_at
