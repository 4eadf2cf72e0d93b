"""What is committed and paid for travel, against the budget; and the sums that stay when the people are erased.

For each person and part, committed is what was agreed, or what was paid where that is more: so what is left can be
trusted. Rooms that we book count once for each night in which somebody sleeps there. Sums are added up here and not
in the database: SQLite would add them as floating-point numbers.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from registration.choices import COST_OF, DECIDED_COSTS, CostItem
from registration.models import HotelBill, Stay, TravelBudget, TravelDecision, TravelExpense, TravelTotal

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Line:
    part: CostItem
    committed: Decimal
    paid: Decimal


@dataclass(frozen=True)
class Sums:
    currency: str
    budget: Decimal | None
    lines: tuple[Line, ...]

    @property
    def committed(self):
        return sum((line.committed for line in self.lines), NOTHING)

    @property
    def paid(self):
        return sum((line.paid for line in self.lines), NOTHING)

    @property
    def left(self):
        return None if self.budget is None else self.budget - self.committed

    @property
    def over(self):
        """By how much more is committed than there is; nothing is None."""
        return -self.left if self.left is not None and self.left < 0 else None


def sums(edition):
    """Six queries, however many people."""
    budget = TravelBudget.of(edition)
    committed, paid = _living(edition)
    for part, was_committed, was_paid in TravelTotal.objects.filter(edition=edition).values_list(
        "part", "committed", "paid"
    ):
        committed[part] += was_committed
        paid[part] += was_paid
    bills = sum(HotelBill.objects.filter(hotel__edition=edition).values_list("amount", flat=True), NOTHING)
    paid[CostItem.ROOMS] += bills
    committed[CostItem.ROOMS] = max(committed[CostItem.ROOMS], bills)
    lines = tuple(Line(part, committed[part], paid[part]) for part in CostItem)
    return Sums(budget.currency, budget.amount, lines)


def keep_totals(edition):
    """Before the people are erased: their sums, as numbers of the edition. Hotel bills stay by themselves."""
    committed, paid = _living(edition)
    TravelTotal.objects.bulk_create(
        TravelTotal(edition=edition, part=part, committed=committed[part], paid=paid[part])
        for part in CostItem
        if committed[part] or paid[part]
    )


def _living(edition):
    """Committed and paid by part, from the rows of people who are not erased, and from rooms that are booked."""
    agreed, spent = _agreed(edition), _spent(edition)
    committed, paid = defaultdict(Decimal), defaultdict(Decimal)
    for person, part in {*agreed, *spent}:
        committed[part] += max(agreed[person, part], spent[person, part])
        paid[part] += spent[person, part]
    nights = Stay.objects.of(edition).order_by().values_list("room", "night", "room__price").distinct()
    committed[CostItem.ROOMS] += sum((price or NOTHING for _room, _night, price in nights), NOTHING)
    return committed, paid


def _agreed(edition):
    agreed = defaultdict(Decimal)
    columns = [f"{part}_amount" for part in DECIDED_COSTS]
    decisions = TravelDecision.objects.of(edition).coming()
    for person, *amounts in decisions.values_list("travel_request", *columns):
        for part, amount in zip(DECIDED_COSTS, amounts, strict=True):
            agreed[person, part] += amount or NOTHING
    return agreed


def _spent(edition):
    spent = defaultdict(Decimal)
    paid = TravelExpense.objects.of(edition).exclude(paid=None)
    for person, kind, amount in paid.values_list("travel_request", "kind", "paid"):
        spent[person, COST_OF[kind]] += amount
    return spent
