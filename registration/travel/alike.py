"""Decisions for many travel requests at once, each by the rule of travel.support.decide."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from conference.models import Edition
from registration.choices import DECIDED_COSTS, CostItem
from registration.models import TravelDecision, TravelRate, TravelRequest
from registration.places.lock import TooLate
from registration.travel import support


@dataclass
class Outcome:
    """What became of a decision for many."""

    decided: int = 0
    without_rate: list[TravelRequest] = field(default_factory=list)  # their journey is still not decided
    refused: list[TravelRequest] = field(default_factory=list)  # erased meanwhile, or against what is decided


def rate_of(row: TravelRequest) -> TravelRate | None:
    return rates_of(row.registration.edition).get(row.registration.province)


def rates_of(edition: Edition) -> dict[str, TravelRate]:
    return {rate.province: rate for rate in TravelRate.objects.filter(budget__edition=edition)}


def decide_alike(rows: Iterable[TravelRequest], answers: dict[str, Any], *, edition: Edition, by: User) -> Outcome:
    """`answers`: the cleaned answers of forms.travel.AlikeForm. A part that was left open stays as it is."""
    outcome, rates = Outcome(), rates_of(edition)
    for row in rows:
        parts = [part for part in DECIDED_COSTS if answers[part]]
        known = TravelDecision.objects.of_request(row).first()
        if known and not answers["also_decided"]:
            parts = [part for part in parts if not getattr(known, part)]
        rate = rates.get(row.registration.province)
        if answers["by_rate"] and rate is None and CostItem.TRANSPORT in parts:
            outcome.without_rate.append(row)
            parts.remove(CostItem.TRANSPORT)
        columns = {part.value: answers[part] for part in parts}
        columns |= {f"{part}_amount": answers[f"{part}_amount"] for part in parts}
        if answers["by_rate"] and rate and CostItem.TRANSPORT in parts:
            columns["transport_amount"] = rate.amount
        if not columns:
            continue
        try:
            support.decide(row, columns, by=by)
        except (TooLate, ValidationError):
            outcome.refused.append(row)
        else:
            outcome.decided += 1
    return outcome


def decide_each(lines: Iterable[tuple[TravelRequest, dict[str, Any], str]], *, by: User) -> Outcome:
    """(request, columns, version of the decision that staff saw) of each person whose decision is another by now."""
    outcome = Outcome()
    for row, columns, seen in lines:
        try:
            support.decide(row, columns, by=by, seen=seen)
        except (TooLate, ValidationError):
            outcome.refused.append(row)
        else:
            outcome.decided += 1
    return outcome
