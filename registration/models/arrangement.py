"""What is arranged for one need of a participant: from the day it was asked for until the person knows."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.fields import SiteMomentField
from conference.models import Edition
from registration.choices import AccessNeed, ArrangementState, Currency, ToldHow
from registration.encryption.columns import EncryptedTextField
from registration.models.answers import InclusionAnswers
from registration.models.registration import Registration, coming

OTHER = "other"  # what the person wrote in their own words
NEEDS = [*AccessNeed.choices, (OTHER, _("Something else, in their own words"))]

# How long before the first day something must stand: interpreters are few, and are booked early.
IN_GOOD_TIME = timedelta(weeks=1)
INTERPRETERS_IN_GOOD_TIME = timedelta(weeks=3)
INTERPRETERS = {AccessNeed.SIGN_LANGUAGE, AccessNeed.CAPTIONS}


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    def of(self, registration: Registration) -> "ArrangementQuerySet":
        return self.filter(answers__registration=registration).order_by("asked_at", "pk")

    def of_edition(self, edition: Edition) -> "ArrangementQuerySet":
        return self.filter(answers__registration__edition=edition)

    def coming(self) -> "ArrangementQuerySet":
        return self.filter(coming("answers__registration__"))

    def open(self) -> "ArrangementQuerySet":
        """Until the person knows how it stands. A person who does not come needs nothing."""
        return self.coming().filter(told_how="")

    def to_be_told(self) -> "ArrangementQuerySet":
        """There is something to tell, and the person does not know it yet."""
        return self.open().filter(state__in=[ArrangementState.CONFIRMED, ArrangementState.NOT_POSSIBLE])


class Arrangement(models.Model):
    """Inclusion officers alone may see it. It is erased together with the answers that it comes from."""

    answers = models.ForeignKey(
        InclusionAnswers, models.CASCADE, related_name="arrangements", verbose_name=_("inclusion answers")
    )
    need = EncryptedTextField(_("need"), choices=NEEDS)
    state = models.CharField(_("state"), max_length=20, choices=ArrangementState, default=ArrangementState.REQUESTED)
    told_how = models.CharField(_("how they were told"), max_length=20, choices=ToldHow, blank=True)
    offered_instead = EncryptedTextField(
        _("what we offer instead"), default="", blank=True, help_text=_("The person reads this on their own page.")
    )
    provider = EncryptedTextField(_("provider"), default="", blank=True)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, blank=True)
    note = EncryptedTextField(_("note of the officers"), default="", blank=True)
    asked_at = SiteMomentField(_("asked for on"), auto_now_add=True)
    changed_at = models.DateTimeField(_("last changed"), null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        verbose_name = _("arrangement")
        verbose_name_plural = _("arrangements")
        ordering = ["asked_at", "pk"]
        default_permissions = ("view", "change", "delete")  # they come from the answers: staff add none
        constraints = [
            models.CheckConstraint(
                name="who_was_told_was_told_somehow",
                condition=Q(state=ArrangementState.NOT_POSSIBLE)
                | (Q(state=ArrangementState.TOLD) & ~Q(told_how=""))
                | (~Q(state=ArrangementState.TOLD) & Q(told_how="")),
                violation_error_message=_(
                    "Say how they were told where the state is “told to the person”, and nowhere before."
                ),
            ),
            models.CheckConstraint(
                name="cost_is_a_sum_of_money",
                condition=Q(cost=None, currency="") | (Q(cost__isnull=False, cost__gte=0) & ~Q(currency="")),
                violation_error_message=_("Give the cost with its currency, zero or more; or leave both empty."),
            ),
        ]

    def __str__(self) -> str:
        """Neither name nor need: Django's admin log keeps this text."""
        return str(self.answers.registration)

    def clean(self) -> None:
        if self.state == ArrangementState.NOT_POSSIBLE and not self.offered_instead:
            raise ValidationError({"state": _("First write what we offer instead.")})

    @property
    def edition(self) -> Edition:
        return self.answers.registration.edition

    @property
    def in_their_words(self) -> str:
        """What the person wrote about this need."""
        words: dict[str, str] = {OTHER: self.answers.access_note, AccessNeed.ASSISTANT: self.answers.assistant_name}
        return words.get(self.need, "")

    @property
    def days_since_asked(self) -> int:
        return (clock.today() - timezone.localdate(self.asked_at)).days

    @property
    def is_late(self) -> bool:
        """Not settled in good time before the first day."""
        time_needed = INTERPRETERS_IN_GOOD_TIME if self.need in INTERPRETERS else IN_GOOD_TIME
        return not self.told_how and clock.today() > self.edition.starts_on - time_needed
