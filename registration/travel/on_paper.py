"""What the travel desk hands out on a day of the conference: who sleeps where, and the list that all sign."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agenda.models import Day
from conference.models import Edition
from conference.words import date_only
from registration.lists.ready import Column, ReadyList
from registration.models import TravelBudget, TravelExpense, TravelRequest
from registration.travel import rooming
from registration.travel.amounts import money
from registration.travel.rooming import Sleeper

OF_TRAVEL = "registration.view_travelrequest"
TOTAL = _("Total")


def rooms_around(day: Day) -> ReadyList:
    """Of the night before this day and the night after it."""
    nights = (day.date - timedelta(days=1), day.date)

    def column(code: str, heading: str | Promise) -> Column:
        return Column(code, heading, lambda sleeper: _CELLS[code](sleeper))

    return ReadyList(
        "rooms",
        _("Rooming list"),
        _("Who sleeps where, the night before this day and the night after it."),
        [column(code, heading) for code, heading in rooming.HEADINGS],
        lambda: rooming.sleepers([one for one in rooming.rooming(day.edition) if one.date in nights]),
        permission=OF_TRAVEL,
        empty=_("No person has a bed yet in the night before this day or the night after it."),
    )


_CELLS: dict[str, Callable[[Sleeper], object]] = {
    "night": lambda one: date_only(one.stay.night),
    "hotel": lambda one: one.stay.room.hotel.name,
    "room": lambda one: one.stay.room.name,
    "beds": lambda one: one.stay.room.beds,
    "step_free": lambda one: rooming.YES_NO[one.stay.room.is_step_free],
    "code": lambda one: one.stay.travel_request.registration.spoken_code,
    "name": lambda one: one.name,
    "assistant": lambda one: rooming.YES_NO[one.stay.is_assistant],
}


def due(edition: Edition) -> list[tuple[TravelRequest, str, Decimal]]:
    """(request, name as on the ID card, amount) of each person to whom money is handed out."""
    lines = []
    for row in TravelRequest.objects.of(edition).to_pay(TravelExpense.objects.of(edition)):
        expenses = row.expenses.all()
        if expenses:
            amount = sum((one.planned if one.paid is None else one.paid for one in expenses), Decimal(0))
        else:  # the desk made no lines of expenses: what was agreed
            amount = row.decision.total if hasattr(row, "decision") else Decimal(0)
        if amount:
            lines.append((row, rooming.name_of(row), amount))
    return lines


def to_sign(edition: Edition) -> ReadyList:
    """One line for each person who is paid, with the amount and room for a signature."""
    currency = cache(lambda: TravelBudget.of(edition).currency)
    lines = cache(lambda: due(edition))
    return ReadyList(
        "expenses",
        _("Expense sheet to sign"),
        _("What is handed out to whom, with a signature for each; the total stands below."),
        [
            Column("code", _("Reference number"), lambda line: line[0].registration.spoken_code),
            Column("name", _("name as on the ID card"), lambda line: line[1]),
            Column("amount", _("Amount"), lambda line: money(line[2], currency())),
            Column("signature", _("Signature"), lambda _line: ""),
        ],
        lines,
        permission=OF_TRAVEL,
        totals=lambda: [
            TOTAL,
            "",
            money(sum((amount for _row, _name, amount in lines()), Decimal(0)), currency()),
            "",
        ],
    )
