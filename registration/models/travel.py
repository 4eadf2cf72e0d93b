"""What ODC pays for whom: decisions, and the budget they are counted against."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference.language.translated import Bilingual, bilingual
from conference.models import Edition
from conference.words import labelled
from registration.choices import DECIDED_COSTS, CostItem, Currency, Expense, Paid, Province
from registration.encryption.columns import EncryptedTextField
from registration.models.answers import TravelRequest
from registration.models.registration import Registration, coming


def money(name: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    """Whole riel, or dollars and cents: never a float. `name` is lazy: its type is private to Django."""
    return models.DecimalField(
        name, max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal(0))], **options
    )


def _decided(name: Any) -> "models.CharField[Any, Any]":
    return models.CharField(name, max_length=10, choices=Paid, blank=True)


class TravelBudget(Bilingual):
    edition = models.OneToOneField(Edition, models.CASCADE, related_name="travel_budget", verbose_name=_("edition"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.KHR)
    amount = money(_("travel budget"), null=True, blank=True, help_text=_("Empty: nothing is compared with it."))
    for_a_night = money(
        _("money for one night"),
        null=True,
        blank=True,
        help_text=_("For people who look for a room themselves. Empty: staff write each amount."),
    )
    for_a_day = money(
        _("daily expenses for one day"), null=True, blank=True, help_text=_("Empty: staff write each amount.")
    )
    terms = bilingual(
        models.TextField(
            _("what else the travel letter says"),
            blank=True,
            help_text=_("What to bring, what is not paid, when and where the money is handed out."),
        )
    )

    class Meta:
        verbose_name = _("travel budget")
        verbose_name_plural = _("travel budgets")
        constraints = [
            models.CheckConstraint(name="travel_budget_is_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="travel_rates_are_not_negative",
                condition=(Q(for_a_night=None) | Q(for_a_night__gte=0)) & (Q(for_a_day=None) | Q(for_a_day__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.edition)

    @classmethod
    def of(cls, edition: Edition) -> "TravelBudget":
        """The one of an edition; where staff have set up none, one in riel without an amount, not saved."""
        return cls.objects.filter(edition=edition).first() or cls(edition=edition)

    def clean(self) -> None:
        for amount in (self.amount, self.for_a_night, self.for_a_day):
            check_amount(amount, self.currency)
        known = self.pk and TravelBudget.objects.values_list("currency", flat=True).get(pk=self.pk)
        if known and known != self.currency:
            decided = ~Q(**{f"{part}_amount": None for part in DECIDED_COSTS})
            with_amounts = (
                TravelBudget.objects.filter(pk=self.pk).exclude(for_a_night=None, for_a_day=None),
                TravelExpense.objects.filter(edition=self.edition),
                TravelTotal.objects.filter(edition=self.edition),
                TravelDecision.objects.of(self.edition).filter(decided),
                self.rates.all(),
                self.edition.hotels.filter(Q(rooms__price__isnull=False) | Q(bills__isnull=False)),
            )
            if any(rows.exists() for rows in with_amounts):
                raise ValidationError({"currency": _("There are amounts in the other currency already.")})


class TravelRate(models.Model):
    """What ODC pays for the journey from a province and back. Staff see it where they decide."""

    budget = models.ForeignKey(TravelBudget, models.CASCADE, related_name="rates", verbose_name=_("travel budget"))
    province = models.CharField(_("province"), max_length=10, choices=Province)
    amount = money(_("for the journey there and back"))

    class Meta:
        verbose_name = _("rate of a province")
        verbose_name_plural = _("rates of the provinces")
        ordering = ["province"]
        default_permissions = ()  # they are part of the budget
        constraints = [
            models.UniqueConstraint(
                "budget",
                "province",
                name="one_rate_a_province",
                violation_error_message=_("This province has a rate already: change that one."),
            ),
            models.CheckConstraint(name="rate_is_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return self.get_province_display()

    def clean(self) -> None:
        budget = getattr(self, "budget", None)  # none where the form names another that there is not
        check_amount(self.amount, budget and budget.currency)


def check_amount(amount: Decimal | None, currency: str | None) -> None:
    if amount is not None and currency == Currency.KHR and amount != amount.to_integral_value():
        raise ValidationError(_("Write whole riel, without a part behind the point."))


class TravelDecisionQuerySet(models.QuerySet["TravelDecision"]):
    def of(self, edition: Edition) -> "TravelDecisionQuerySet":
        return self.filter(travel_request__registration__edition=edition)

    def told_to(self, registration: Registration) -> "TravelDecision | None":
        """With all that the participant reads of it."""
        theirs = self.filter(travel_request__registration=registration).select_related("travel_request")
        return theirs.prefetch_related("travel_request__stays__room__hotel").first()

    def of_request(self, travel_request: TravelRequest) -> "TravelDecisionQuerySet":
        return self.filter(travel_request=travel_request)

    def coming(self) -> "TravelDecisionQuerySet":
        """A person who cancelled or was declined is not paid for."""
        return self.filter(coming("travel_request__registration__"))

    def complete(self) -> "TravelDecisionQuerySet":
        return self.exclude(accommodation="").exclude(transport="").exclude(daily="")

    def to_print(self) -> "TravelDecisionQuerySet":
        """With all that a letter shows, in the order of the reference numbers."""
        related = self.select_related("travel_request__registration__edition")
        return related.prefetch_related("travel_request__stays__room__hotel").order_by(
            "travel_request__registration__code"
        )


class TravelDecision(models.Model):
    """What ODC pays for one person. The amounts are money for the person: rooms that we book are counted apart."""

    travel_request = models.OneToOneField(
        TravelRequest, models.CASCADE, related_name="decision", verbose_name=_("travel request")
    )
    accommodation = _decided(CostItem.ACCOMMODATION.label)
    accommodation_amount = money(_("amount for accommodation"), null=True, blank=True)
    transport = _decided(CostItem.TRANSPORT.label)
    transport_amount = money(_("amount for transport"), null=True, blank=True)
    daily = _decided(CostItem.DAILY.label)
    daily_amount = money(_("amount for daily expenses"), null=True, blank=True)
    note = EncryptedTextField(_("a note to the person"), default="", blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), editable=False)

    objects = TravelDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("travel decision")
        verbose_name_plural = _("travel decisions")
        default_permissions = ()
        permissions = [("decide_travel", _("Can decide what ODC pays for travel"))]
        constraints = [
            models.CheckConstraint(
                name=f"{part}_is_paid_only_if_agreed",
                condition=Q(**{f"{part}_amount": None})
                | Q(**{f"{part}__in": [Paid.YES, Paid.PART], f"{part}_amount__gte": 0}),
                violation_error_message=_("An amount goes with “Yes” or “In part” only."),
            )
            for part in map(str, DECIDED_COSTS)
        ]

    def __str__(self) -> str:
        return str(self.travel_request)

    @property
    def version(self) -> str:
        """Another one after each change; empty before the first."""
        return self.decided_at.isoformat() if self.decided_at else ""

    @property
    def is_complete(self) -> bool:
        return all(getattr(self, part) for part in DECIDED_COSTS)

    @property
    def is_empty(self) -> bool:
        """Nothing is decided and nothing written: so it is after staff have taken back all of it."""
        return not (self.note or any(getattr(self, part) for part in DECIDED_COSTS))

    @property
    def parts(self) -> list[tuple[str | Promise, str | Promise, Decimal | None]]:
        """(what, answer, amount) of each part."""
        found: list[tuple[str | Promise, str | Promise, Decimal | None]] = []
        for part in DECIDED_COSTS:
            answer = getattr(self, part)
            words = Paid(answer).label if answer else _("not decided")
            found.append((part.label, words, getattr(self, f"{part}_amount")))
        return found

    @property
    def total(self) -> Decimal:
        return sum((amount for _part, _answer, amount in self.parts if amount is not None), Decimal(0))


class TravelExpenseQuerySet(models.QuerySet["TravelExpense"]):
    def of(self, edition: Edition) -> "TravelExpenseQuerySet":
        return self.filter(edition=edition)

    def in_order(self) -> "TravelExpenseQuerySet":
        return self.order_by("pk")


class TravelExpense(models.Model):
    """Money for one person, planned or paid. When the person is erased, the amount stays, and nothing else."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="travel_expenses", verbose_name=_("edition"))
    travel_request = models.ForeignKey(
        TravelRequest,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="expenses",
        verbose_name=_("travel request"),
    )
    kind = models.CharField(_("what for"), max_length=10, choices=Expense)
    day = models.DateField(_("day"), null=True, blank=True)
    planned = money(_("planned"), null=True, blank=True)
    paid = money(_("paid"), null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, verbose_name=_("paid by")
    )

    objects = TravelExpenseQuerySet.as_manager()

    class Meta:
        verbose_name = _("travel expense")
        verbose_name_plural = _("travel expenses")
        constraints = [
            models.CheckConstraint(
                name="expense_has_an_amount",
                condition=Q(planned__isnull=False) | Q(paid__isnull=False),
                violation_error_message=_("Write the amount that is planned, or the one that was paid."),
            ),
            models.CheckConstraint(name="planned_is_not_negative", condition=Q(planned=None) | Q(planned__gte=0)),
            models.CheckConstraint(name="paid_is_not_negative", condition=Q(paid=None) | Q(paid__gte=0)),
            models.CheckConstraint(
                name="expense_paid_has_its_day",
                condition=Q(paid=None, paid_on=None) | Q(paid__isnull=False, paid_on__isnull=False),
                violation_error_message=_("Write both the amount that was paid and the day, or neither."),
            ),
            models.CheckConstraint(
                name="daily_expenses_have_their_day",
                condition=~Q(kind=Expense.DAILY) | Q(day__isnull=False),
                violation_error_message=_("Write for which day these daily expenses are."),
            ),
            models.UniqueConstraint(
                "travel_request",
                "day",
                name="a_person_gets_a_days_expenses_once",
                condition=Q(kind=Expense.DAILY),
                violation_error_message=_("The daily expenses of this day are in the list already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.words)

    @property
    def words(self) -> str | Promise:
        """What it is for, in the language of the reader."""
        return Expense(self.kind).label


class TravelTotal(models.Model):
    """What is left of the sums when the people are erased: numbers of an edition, one row for each time and part."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="travel_totals", verbose_name=_("edition"))
    part = models.CharField(_("what for"), max_length=15, choices=CostItem)
    committed = money(_("committed"))
    paid = money(_("paid"))

    class Meta:
        verbose_name = _("travel total")
        verbose_name_plural = _("travel totals")
        default_permissions = ()

    def __str__(self) -> str:
        return labelled(self.edition, self.get_part_display())
