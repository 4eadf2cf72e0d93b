"""Rows of the travel desk. Plain functions, as in tests/factories.py."""

from datetime import date
from decimal import Decimal

from registration.choices import Currency, Expense, Paid
from registration.models import Hotel, HotelRoom, TravelBudget, TravelExpense
from registration.travel import support
from tests.factories import make_registration

ALL_YES = {"accommodation": Paid.YES, "transport": Paid.YES, "daily": Paid.YES}


def make_request(edition, *, nights=(), step_free_room=False, sharing="", share_with="", name_on_id="", **person):
    """The request of a participant who asked for journey and room."""
    answers = {
        "nights": [night.isoformat() for night in nights],
        "step_free_room": step_free_room,
        "sharing": sharing,
        "share_with": share_with,
        "name_on_id": name_on_id,
    }
    return make_registration(edition, travel=answers, **person).travel_request


def make_budget(edition, *, amount="1000000", currency=Currency.KHR, **texts):
    return TravelBudget.objects.create(edition=edition, amount=amount and Decimal(amount), currency=currency, **texts)


def make_room(edition, *, hotel="Sample Hotel", name="101", beds=1, is_step_free=False, price=None):
    hotel, _is_new = Hotel.objects.get_or_create(edition=edition, name=hotel)
    price = price and Decimal(price)
    return HotelRoom.objects.create(hotel=hotel, name=name, beds=beds, is_step_free=is_step_free, price=price)


def decide(request, *, by=None, note="", **columns):
    """Everything yes and no amount, unless said otherwise; amounts as text."""
    amounts = {f"{part}_amount": None for part in ALL_YES}
    given = {name: Decimal(value) if name.endswith("_amount") else value for name, value in columns.items()}
    return support.decide(request, {**ALL_YES, **amounts, **given, "note": note}, by=by)


def make_expense(request, *, kind=Expense.THERE, planned=None, paid=None, paid_on=None, **columns):
    return TravelExpense.objects.create(
        edition=request.registration.edition,
        travel_request=request,
        kind=kind,
        planned=planned and Decimal(planned),
        paid=paid and Decimal(paid),
        paid_on=paid_on or (date(2024, 3, 26) if paid else None),
        **columns,
    )


def make_travel_rows(request, *, by, text):
    """Something in every column that the travel desk keeps about a person; `text` makes a word."""
    edition = request.registration.edition
    room = make_room(edition, name=str(request.pk), price="30000")
    decide(request, by=by, transport_amount="40000", note=text())
    support.put_into_room(request, room, [edition.starts_on], is_assistant=True, assistant_name=text())
    make_expense(request, planned="50000", paid="45000", paid_by=by)
