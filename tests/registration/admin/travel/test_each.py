"""Decisions for many people on one page: asked, proposed by the rates, changed in their line, decided at once."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from registration.models import AccessLog, Message, TravelDecision
from registration.signing_up import transitions
from tests.pages import read
from tests.registration.admin.registrations.pages import ask, take
from tests.registration.admin.registrations.test_registration import member_of
from tests.travel_factories import decide, make_budget, make_request

DESK = "/admin/registration/travelrequest/"
NIGHTS = [date(2024, 3, 25), date(2024, 3, 26)]


@pytest.fixture
def approver(client, db):
    return member_of("Travel approvers", client)


@pytest.fixture
def asked(edition):
    """One of Kampot, one of Kep; each asked for two nights and comes on every day."""
    budget = make_budget(edition, for_a_night=Decimal(40000), for_a_day=Decimal(20000))
    budget.rates.create(province="07", amount=Decimal(60000))
    return [make_request(edition, province=province, nights=NIGHTS) for province in ("07", "23")]


def page_of(client, rows):
    return ask(client, "decide_each", *rows, address=DESK).content.decode()


def as_it_stands(html):
    """What the browser would send of the lines of the page."""
    sent = {}
    for tag in re.findall(r"<input[^>]*>", html):
        if (name := re.search(r'name="(r\d+-\w+)"', tag)) is not None:
            value = re.search(r'value="([^"]*)"', tag)
            sent[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select name="(r\d+-\w+)".*?>(.*?)</select>', html, re.DOTALL):
        value = re.search(r'value="(\w*)" selected', options)
        sent[name] = value[1] if value else ""
    return sent


def press(client, rows, **changed):
    """The page as it is opened, with these fields changed."""
    return take(client, "decide_each", *rows, address=DESK, **as_it_stands(page_of(client, rows)) | changed)


def decided():
    parts = ("accommodation", "accommodation_amount", "transport", "transport_amount", "daily", "daily_amount")
    return list(TravelDecision.objects.order_by("travel_request").values_list(*parts))


def test_page_shows_what_was_asked_and_what_the_rates_give(approver, asked):
    said = read(ask(approver, "decide_each", *asked, address=DESK))
    lines = as_it_stands(page_of(approver, asked))

    assert "March 25–26, 2024" in said
    first, second = (f"r{row.pk}-" for row in asked)
    days = asked[0].registration.days.count()
    assert (lines[f"{first}accommodation"], lines[f"{first}accommodation_amount"]) == ("yes", "80000")
    assert (lines[f"{first}transport"], lines[f"{first}transport_amount"]) == ("yes", "60000")
    assert lines[f"{first}daily_amount"] == str(20000 * days)
    assert (lines[f"{second}transport"], lines[f"{second}transport_amount"]) == ("", "")
    assert not TravelDecision.objects.exists()


def test_one_press_decides_for_all_and_tells_those_of_whom_all_is_decided(approver, asked):
    Message.objects.all().delete()

    said = read(press(approver, asked))

    assert "Done for 2 people." in said
    daily = Decimal(20000 * asked[0].registration.days.count())
    assert decided() == [
        ("yes", Decimal(80000), "yes", Decimal(60000), "yes", daily),
        ("yes", Decimal(80000), "", None, "yes", daily),
    ]
    assert [message.registration for message in Message.objects.all()] == [asked[0].registration]
    assert {one.decided_by.username for one in TravelDecision.objects.all()} == {"Travel approvers"}


def test_amount_that_is_changed_in_a_line_counts_for_that_person(approver, asked):
    press(approver, asked, **{f"r{asked[0].pk}-transport_amount": "៧៥,០០០", f"r{asked[1].pk}-transport": "no"})

    assert [row[2:4] for row in decided()] == [("yes", Decimal(75000)), ("no", None)]


def test_number_of_nights_works_the_amount_out_anew_and_saves_nothing_yet(approver, asked):
    first, typed = f"r{asked[0].pk}-", f"r{asked[0].pk}-transport_amount"
    response = press(approver, asked, **{f"{first}nights": "1", typed: "75,000"})

    assert "Nothing was saved yet" in read(response)
    lines = as_it_stands(response.content.decode())
    assert (lines[f"{first}accommodation_amount"], lines[typed]) == ("40000", "75,000")
    assert lines[f"r{asked[1].pk}-accommodation_amount"] == "80000"
    assert not TravelDecision.objects.exists()

    assert "Done for 2 people." in read(take(approver, "decide_each", *asked, address=DESK, **lines))
    assert [row[1] for row in decided()] == [Decimal(40000), Decimal(80000)]


def test_mistake_in_one_line_saves_none_and_loses_nothing(approver, asked):
    wrong, right = f"r{asked[0].pk}-transport_amount", f"r{asked[1].pk}-daily_amount"
    response = press(approver, asked, **{wrong: "x", right: "15,000"})

    assert "Write an amount in digits" in read(response)
    lines = as_it_stands(response.content.decode())
    assert (lines[wrong], lines[right]) == ("x", "15,000")
    assert not TravelDecision.objects.exists()


def test_what_a_colleague_decided_meanwhile_is_not_overwritten(approver, asked):
    lines = as_it_stands(page_of(approver, asked))
    decide(asked[0], transport_amount="10000")

    said = read(take(approver, "decide_each", *asked, address=DESK, **lines))

    assert f"Not decided, because it was erased or does not go with what is decided already: {asked[0]}" in said
    assert [row[3] for row in decided()] == [Decimal(10000), None]


def test_what_is_decided_stands_in_the_line_and_unchanged_tells_no_person_again(approver, asked):
    decide(asked[0], transport="part", transport_amount="10000")
    Message.objects.all().delete()

    assert as_it_stands(page_of(approver, asked))[f"r{asked[0].pk}-transport"] == "part"
    press(approver, asked[:1])

    assert decided()[0][2:4] == ("part", Decimal(10000))
    assert not Message.objects.exists()


def test_who_does_not_come_has_no_line(approver, asked):
    transitions.cancel(asked[0].registration)

    assert {name.partition("-")[0] for name in as_it_stands(page_of(approver, asked))} == {f"r{asked[1].pk}"}


def test_without_rates_every_part_is_open_and_no_numbers_are_asked(approver, edition):
    row = make_request(edition, province="07", nights=NIGHTS)

    lines = as_it_stands(page_of(approver, [row]))

    assert {name.partition("-")[2] for name in lines if lines[name]} == {"counted"}
    assert not any("nights" in name or "days_paid" in name for name in lines)


def test_names_stand_there_for_those_who_see_registrations_and_each_look_is_written_down(asked, staff_client):
    name = asked[0].registration.shown_name
    approver = member_of("Travel approvers", Client())

    assert name in page_of(staff_client, asked)
    assert name not in page_of(approver, asked)
    looks = AccessLog.objects.order_by("pk").values_list("subject", "columns", "count")
    assert list(looks) == [
        ("travel requests", "registration, name, province, nights, days, decision", 2),
        ("travel requests", "registration, province, nights, days, decision", 2),
    ]


@pytest.mark.parametrize("group", ["Travel desk", "Inclusion officers"])
def test_who_may_not_decide_decides_nothing(asked, group):
    take(member_of(group, Client()), "decide_each", *asked, address=DESK)

    assert not TravelDecision.objects.exists()


def test_page_takes_no_more_queries_for_more_people(approver, edition, asked, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as few:
        page_of(approver, asked)
    rows = [*asked, *(make_request(edition, nights=NIGHTS) for _person in range(6))]

    with django_assert_max_num_queries(len(few)):
        page_of(approver, rows)
