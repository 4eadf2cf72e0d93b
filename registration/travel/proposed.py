"""What the rates of the travel budget give a person: a proposal, which staff look at and change."""

from dataclasses import dataclass
from decimal import Decimal

from conference.models import Edition
from registration.choices import CostItem, Paid
from registration.models import TravelBudget, TravelRate

Proposal = dict[str, str | Decimal | None]  # columns of a decision


@dataclass(frozen=True)
class Rates:
    night: Decimal | None
    day: Decimal | None
    journeys: dict[str, Decimal]  # of each province that has one

    @classmethod
    def of(cls, edition: Edition) -> "Rates":
        budget = TravelBudget.of(edition)
        journeys = TravelRate.objects.filter(budget__edition=edition).values_list("province", "amount")
        return cls(budget.for_a_night, budget.for_a_day, dict(journeys))

    def proposal(self, *, province: str, nights: int, days: int) -> Proposal:
        """A part without a rate is left open. Who asked for no night is paid none."""
        return {
            **_part(CostItem.ACCOMMODATION, self.night and self.night * nights),
            **_part(CostItem.TRANSPORT, self.journeys.get(province)),
            **_part(CostItem.DAILY, self.day and self.day * days),
        }


def _part(part: CostItem, amount: Decimal | None) -> Proposal:
    if amount is None:
        return {part.value: "", f"{part}_amount": None}
    return {part.value: Paid.YES if amount else Paid.NO, f"{part}_amount": amount or None}
