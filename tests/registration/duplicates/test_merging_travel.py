"""What the travel desk made of two requests stays when their registrations become one."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from registration.choices import Expense
from registration.duplicates import merging
from registration.models import Registration, TravelDecision, TravelExpense
from tests.pages import read
from tests.registration.admin.registrations.test_registration import LIST, member_of
from tests.travel_factories import decide, make_expense, make_request, make_travel_rows

DAY = date(2024, 3, 26)
NOTHING = {"accommodation": "", "transport": "", "daily": ""}


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_user("chief of the desk")


@pytest.fixture
def requests(edition):
    return make_request(edition), make_request(edition)


def decided(request):
    decide(request, transport_amount="40000")


def daily(request):
    make_expense(request, kind=Expense.DAILY, day=DAY, paid="20000")


@pytest.mark.parametrize("keeps_own_row", [False, True])
def test_decision_bed_and_payment_go_over(requests, chief, keeps_own_row):
    kept, other = requests
    make_travel_rows(other, by=chief, text=lambda: "SAMPLE")
    if keeps_own_row:
        decide(kept)
        decide(kept, **NOTHING)  # taken back

    merging.merge(kept.registration, other.registration, by=chief)

    assert TravelDecision.objects.get(travel_request=kept).transport_amount == 40000
    assert kept.stays.count() == 1
    assert TravelExpense.objects.get().travel_request == kept
    assert TravelExpense.objects.get().paid == 45000


@pytest.mark.parametrize("work", [decided, daily])
def test_two_decisions_are_refused_before_anything_happens(client, requests, work):
    kept, other = requests
    for request in requests:
        work(request)
    member_of("Registration desk", client)
    page = f"{LIST}{kept.registration.pk}/merge/{other.registration.pk}/"

    response = client.post(page, {"keep": kept.registration.pk}, follow=True)

    assert "take back the decision or the expenses of one first" in read(response)
    assert Registration.objects.count() == 2
    assert [request.expenses.count() for request in requests] == [int(work is daily)] * 2
    assert TravelDecision.objects.count() == (2 if work is decided else 0)
