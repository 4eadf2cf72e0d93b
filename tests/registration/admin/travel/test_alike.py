"""The same decision for all whom an approver has ticked, and the rates of the provinces."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from registration.choices import Currency, MessageState, Paid
from registration.models import Message, TravelBudget, TravelDecision, TravelRate
from registration.signing_up import transitions
from tests.pages import read
from tests.registration.admin.registrations.pages import ask, take
from tests.registration.admin.registrations.test_registration import member_of
from tests.travel_factories import decide, make_budget, make_request

DESK = "/admin/registration/travelrequest/"
ALL = {"accommodation": "yes", "transport": "yes", "transport_amount": "៤០,០០០", "daily": "no"}


@pytest.fixture
def approver(client, db):
    return member_of("Travel approvers", client)


@pytest.fixture
def asked(edition):
    """One of Kampot, one of Kep."""
    return [make_request(edition, province=province) for province in ("07", "23")]


def send(client, rows, **data):
    return read(take(client, "decide_alike", *rows, address=DESK, **data))


def decided():
    parts = ("accommodation", "transport", "transport_amount", "daily")
    return list(TravelDecision.objects.order_by("travel_request").values_list(*parts))


def test_page_asks_and_decides_nothing(approver, asked):
    page = read(ask(approver, "decide_alike", *asked, address=DESK))

    assert "It is done for 2 people." in page
    assert all(row.registration.spoken_code in page for row in asked)
    assert not TravelDecision.objects.exists()


def test_all_who_are_ticked_get_the_same_and_are_told(approver, asked):
    Message.objects.all().delete()

    said = send(approver, asked, **ALL)

    assert "Done for 2 people." in said
    assert decided() == [("yes", "yes", Decimal(40000), "no")] * 2
    assert {decision.decided_by.username for decision in TravelDecision.objects.all()} == {"Travel approvers"}
    assert Message.objects.filter(state=MessageState.TO_CALL).count() == 2


def test_part_that_is_left_open_stays_as_it_is(approver, asked):
    send(approver, asked, accommodation="yes")

    assert decided() == [("yes", "", None, "")] * 2


@pytest.mark.parametrize(
    ("also", "transport"), [("", (Paid.PART, Decimal(15000))), ("on", (Paid.YES, Decimal(40000)))]
)
def test_what_is_decided_stays_unless_staff_say_so(approver, asked, also, transport):
    decide(asked[0], accommodation="", transport="part", transport_amount="15000", daily="")

    send(approver, asked, **ALL, also_decided=also)

    assert decided() == [("yes", *transport, "no"), ("yes", "yes", Decimal(40000), "no")]


def test_journey_is_paid_by_the_rate_of_the_province(approver, asked, edition):
    make_budget(edition).rates.create(province="07", amount=Decimal(60000))

    said = send(approver, asked, transport="yes", by_rate="on", daily="no")

    assert decided() == [("", "yes", Decimal(60000), "no"), ("", "", None, "no")]
    assert f"No rate is set for the province of: {asked[1].registration.spoken_code}" in said


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ({}, "Decide on at least one part."),
        ({"daily": "no", "daily_amount": "5000"}, "An amount goes with"),
        ({"daily": "yes", "daily_amount": "5000.50"}, "Write whole riel"),
        ({"transport": "no", "by_rate": "on"}, "The rate goes with"),
        ({"transport": "yes", "transport_amount": "5", "by_rate": "on"}, "Either an amount or the rate"),
    ],
)
def test_mistake_is_said_and_nothing_typed_is_lost(approver, asked, typed, mistake):
    page = send(approver, asked, **{"accommodation_amount": "", **typed})

    assert mistake in page
    assert "It is done for 2 people." in page
    assert not TravelDecision.objects.exists()


def test_who_does_not_come_is_left_out(approver, asked):
    transitions.cancel(asked[0].registration)

    send(approver, asked, **ALL)

    assert [row.travel_request for row in TravelDecision.objects.all()] == [asked[1]]


@pytest.mark.parametrize("group", ["Travel desk", "Inclusion officers"])
def test_who_may_not_decide_decides_nothing(asked, group):
    take(member_of(group, Client()), "decide_alike", *asked, address=DESK, **ALL)

    assert not TravelDecision.objects.exists()


def test_rates_are_typed_with_the_budget_and_stand_beside_a_decision(approver, asked, edition):
    rates = {
        "rates-TOTAL_FORMS": "1",
        "rates-INITIAL_FORMS": "0",
        "rates-0-province": "07",
        "rates-0-amount": "60,000",
    }
    data = {"edition": edition.pk, "currency": "KHR", "amount": "", "terms_en": "", "terms_km": "", **rates}

    approver.post("/admin/registration/travelbudget/add/", data, follow=True)

    assert [(rate.province, rate.amount) for rate in TravelRate.objects.all()] == [("07", Decimal(60000))]
    assert "The rate of Kampot is KHR 60,000" in read(approver.get(f"{DESK}{asked[0].pk}/change/"))
    assert "The rate of" not in read(approver.get(f"{DESK}{asked[1].pk}/change/"))


@pytest.mark.parametrize(("typed", "said"), [("-1", "not below zero"), ("0.5", "Write whole riel")])
def test_odd_rate_is_refused(approver, edition, typed, said):
    rates = {"rates-TOTAL_FORMS": "1", "rates-INITIAL_FORMS": "0", "rates-0-province": "07", "rates-0-amount": typed}
    data = {"edition": edition.pk, "currency": "KHR", "amount": "", "terms_en": "", "terms_km": "", **rates}

    assert said in read(approver.post("/admin/registration/travelbudget/add/", data, follow=True))
    assert not TravelBudget.objects.exists()


def test_currency_stays_while_there_are_rates(edition):
    budget = make_budget(edition)
    budget.rates.create(province="07", amount=Decimal(60000))
    budget.currency = Currency.USD

    with pytest.raises(ValidationError, match="other currency"):
        budget.clean()
