"""Committed and paid against the budget, to the riel and the cent."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from registration.choices import CostItem, Currency, Expense, Paid
from registration.models import HotelBill, Intake, TravelBudget, TravelExpense, TravelRate, TravelTotal
from registration.own_page.data import everything
from registration.retention import erasing
from registration.signing_up import transitions
from registration.travel import support
from registration.travel.budget import sums
from tests.travel_factories import decide, make_budget, make_expense, make_request, make_room

NIGHT = date(2024, 3, 26)


def line(edition, part):
    return next((one.committed, one.paid) for one in sums(edition).lines if one.part == part)


def test_committed_is_what_was_agreed(edition):
    make_budget(edition)
    decide(make_request(edition), transport_amount="40000", daily_amount="60000")

    now = sums(edition)

    assert (now.committed, now.paid, now.left) == (Decimal(100_000), Decimal(0), Decimal(900_000))
    assert line(edition, CostItem.TRANSPORT) == (Decimal(40_000), Decimal(0))


def test_what_was_paid_counts_as_committed_where_it_is_more(edition):
    asked = make_request(edition)
    decide(asked, transport_amount="40000", daily_amount="60000")
    for kind, paid in [(Expense.THERE, "25000"), (Expense.BACK, "25000"), (Expense.OTHER, "5000")]:
        make_expense(asked, kind=kind, paid=paid)
    make_expense(asked, kind=Expense.DAILY, day=NIGHT, planned="20000", paid="20000")

    assert line(edition, CostItem.TRANSPORT) == (Decimal(50_000), Decimal(50_000))
    assert line(edition, CostItem.DAILY) == (Decimal(60_000), Decimal(20_000))
    assert line(edition, CostItem.OTHER) == (Decimal(5_000), Decimal(5_000))


def test_too_much_for_one_does_not_eat_what_another_was_promised(edition):
    decide(make_request(edition), transport_amount="40000")
    make_expense(make_request(edition), paid="30000")

    assert line(edition, CostItem.TRANSPORT) == (Decimal(70_000), Decimal(30_000))


def test_room_counts_once_a_night_however_many_sleep_there(edition):
    room = make_room(edition, beds=2, price="60000")
    for _person in range(2):
        support.put_into_room(make_request(edition), room, [NIGHT, NIGHT.replace(day=27)])

    assert line(edition, CostItem.ROOMS) == (Decimal(120_000), Decimal(0))


def test_hotel_bills_are_paid_and_committed_where_they_are_more(edition):
    room = make_room(edition, price="60000")
    support.put_into_room(make_request(edition), room, [NIGHT])
    HotelBill.objects.create(hotel=room.hotel, amount=Decimal(75_000), paid_on=NIGHT)

    assert line(edition, CostItem.ROOMS) == (Decimal(75_000), Decimal(75_000))


def test_cents_add_up_exactly(edition):
    make_budget(edition, amount="1.00", currency=Currency.USD)
    for _person in range(3):
        asked = make_request(edition)
        decide(asked, transport_amount="0.10", daily_amount="0.20")
        make_expense(asked, paid="0.10")

    now = sums(edition)

    assert (now.committed, now.paid, now.left) == (Decimal("0.90"), Decimal("0.30"), Decimal("0.10"))


def test_over_the_budget_says_by_how_much(edition):
    make_budget(edition, amount="30000")
    decide(make_request(edition), transport_amount="40000")

    assert sums(edition).over == Decimal(10_000)


def test_person_who_does_not_come_is_not_committed_to_but_what_was_paid_stays(edition):
    asked = make_request(edition)
    decide(asked, transport_amount="40000")
    make_expense(asked, paid="15000")

    transitions.cancel(asked.registration)

    assert line(edition, CostItem.TRANSPORT) == (Decimal(15_000), Decimal(15_000))


def test_person_who_erases_themselves_leaves_what_was_paid_without_a_trace(edition):
    asked = make_request(edition)
    decide(asked, transport_amount="40000")
    make_expense(asked, paid="15000")

    transitions.erase(asked.registration)

    assert line(edition, CostItem.TRANSPORT) == (Decimal(15_000), Decimal(15_000))
    assert TravelExpense.objects.get().travel_request is None


def test_sums_stay_when_the_people_are_erased_and_nothing_else(edition):
    make_budget(edition)
    room = make_room(edition, price="60000")
    for _person in range(2):
        asked = make_request(edition)
        decide(asked, transport_amount="40000", accommodation=Paid.PART, accommodation_amount="10000")
        make_expense(asked, paid="45000")
    support.put_into_room(asked, room, [NIGHT])
    Intake.objects.update(erase_sensitive_on=timezone.localdate())
    before = sums(edition)

    erasing.erase(edition, timezone.localdate())

    assert sums(edition) == before
    assert before.committed == Decimal(2 * 55_000 + 60_000)
    assert not TravelExpense.objects.exists()
    assert set(TravelTotal.objects.values_list("part", flat=True)) == {"accommodation", "transport", "rooms"}
    assert "travel" not in str(everything(asked.registration)["travel_decision"])


def test_what_comes_after_the_first_date_is_added_to_what_is_kept(edition):
    Intake.objects.update(erase_sensitive_on=timezone.localdate())
    for _night in range(2):
        make_expense(make_request(edition), paid="45000")
        erasing.erase(edition, timezone.localdate())
        erasing.erase(edition, timezone.localdate())

    assert line(edition, CostItem.TRANSPORT) == (Decimal(90_000), Decimal(90_000))


def test_participant_can_take_away_all_about_their_money(edition):
    asked = make_request(edition)
    decide(asked, note="Take the morning bus.")
    support.put_into_room(asked, make_room(edition), [NIGHT], is_assistant=True, assistant_name="GUMROU Assistant")
    make_expense(asked, paid="45000")

    data = everything(asked.registration)

    assert data["travel_decision"]["note"] == "Take the morning bus."
    assert data["nights_in_hotels"][0]["assistant_name"] == "GUMROU Assistant"
    assert data["nights_in_hotels"][0]["room"] == "Sample Hotel, 101"
    assert data["travel_money"][0]["paid"] == Decimal(45_000)


def test_currency_stays_once_there_are_amounts(edition):
    budget = make_budget(edition)
    decide(make_request(edition), transport_amount="40000")
    budget.currency = Currency.USD

    with pytest.raises(ValidationError, match="other currency"):
        budget.full_clean()


def test_currency_may_change_while_nothing_is_counted(edition):
    budget = make_budget(edition)
    decide(make_request(edition))
    budget.currency = Currency.USD

    budget.full_clean()


def test_riel_are_whole_and_budgets_not_negative(edition):
    with pytest.raises(ValidationError, match="whole riel"):
        TravelBudget(edition=edition, amount=Decimal("0.5")).full_clean()
    with pytest.raises(IntegrityError):
        make_budget(edition, amount="-1")


@pytest.mark.parametrize("people", [1, 12])
def test_sums_take_the_same_queries_for_few_and_many(edition, people, django_assert_num_queries):
    room = make_room(edition, beds=people, price="60000")
    for _person in range(people):
        asked = make_request(edition)
        decide(asked, transport_amount="40000")
        make_expense(asked, paid="10000")
        support.put_into_room(asked, room, [NIGHT])

    with django_assert_num_queries(6):
        sums(edition)


def test_rate_whose_budget_is_not_known_is_looked_at_all_the_same():
    """As where a form names a budget that there is not: the form says so."""
    TravelRate(province="02", amount=Decimal("1.5")).clean()
