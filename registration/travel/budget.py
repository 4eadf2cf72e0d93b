"""What is committed and paid for travel, against the budget; and the sums that stay when the people are erased.

For each participant and part, committed is what was agreed, or what was paid where that is more. So staff can rely on
what is left. Rooms that ODC books count once for each night in which at least one person sleeps there. Sums are added
up here and not in the database: SQLite would add them as floating-point numbers.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from conference.models import Edition
from registration.choices import COST_OF, DECIDED_COSTS, CostItem, Expense
from registration.models import HotelBill, Stay, TravelBudget, TravelDecision, TravelExpense, TravelTotal

NOTHING = Decimal(0)


@dataclass(frozen=True)
class BudgetLine:
    """The sums of one part of what ODC pays for."""

    part: CostItem
    committed: Decimal
    paid: Decimal


@dataclass(frozen=True)
class Sums:
    currency: str
    budget: Decimal | None
    lines: tuple[BudgetLine, ...]

    @property
    def committed(self) -> Decimal:
        return sum((line.committed for line in self.lines), NOTHING)

    @property
    def paid(self) -> Decimal:
        return sum((line.paid for line in self.lines), NOTHING)

    @property
    def left(self) -> Decimal | None:
        return None if self.budget is None else self.budget - self.committed

    @property
    def over(self) -> Decimal | None:
        """By how much the budget is exceeded; None where it is not."""
        return -self.left if self.left is not None and self.left < 0 else None


def sums(edition: Edition) -> Sums:
    """Six queries, however many people."""
    budget = TravelBudget.of(edition)
    committed, paid = _living(edition)
    totals = TravelTotal.objects.filter(edition=edition).values_list("part", "committed", "paid")
    for part_of_total, was_committed, was_paid in totals:
        committed[part_of_total] += was_committed
        paid[part_of_total] += was_paid
    bills = sum(HotelBill.objects.filter(hotel__edition=edition).values_list("amount", flat=True), NOTHING)
    paid[CostItem.ROOMS] += bills
    committed[CostItem.ROOMS] = max(committed[CostItem.ROOMS], bills)
    lines = tuple(BudgetLine(part, committed[part], paid[part]) for part in CostItem)
    return Sums(budget.currency, budget.amount, lines)


def keep_totals(edition: Edition) -> None:
    """Before the people are erased: their sums, as numbers of the edition. Hotel bills stay by themselves."""
    committed, paid = _living(edition)
    TravelTotal.objects.bulk_create(
        TravelTotal(edition=edition, part=part, committed=committed[part], paid=paid[part])
        for part in CostItem
        if committed[part] or paid[part]
    )


def _living(edition: Edition) -> tuple[defaultdict[str, Decimal], defaultdict[str, Decimal]]:
    """Committed and paid by part, from the rows of people who are not erased, and from rooms that are booked.

    Nothing encrypted is read: also when a key is lost, the sums can be kept and the people erased.
    """
    agreed: defaultdict[tuple[int | None, str], Decimal] = defaultdict(Decimal)
    spent: defaultdict[tuple[int | None, str], Decimal] = defaultdict(Decimal)
    decisions = TravelDecision.objects.of(edition).coming()
    for person, *amounts in decisions.values_list("travel_request", *(f"{part}_amount" for part in DECIDED_COSTS)):
        for part, amount in zip(DECIDED_COSTS, amounts, strict=True):
            agreed[person, part] += amount or NOTHING
    expenses = TravelExpense.objects.of(edition).exclude(paid=None)
    for person, kind, amount in expenses.values_list("travel_request", "kind", "paid"):
        spent[person, COST_OF[Expense(kind)]] += amount
    committed: defaultdict[str, Decimal] = defaultdict(Decimal)
    paid: defaultdict[str, Decimal] = defaultdict(Decimal)
    for person, item in {*agreed, *spent}:
        committed[item] += max(agreed[person, item], spent[person, item])
        paid[item] += spent[person, item]
    nights = Stay.objects.of(edition).order_by().values_list("room", "night", "room__price").distinct()
    committed[CostItem.ROOMS] += sum((price or NOTHING for _room, _night, price in nights), NOTHING)
    return committed, paid
