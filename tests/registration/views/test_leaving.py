"""A shared telephone: the next person who takes it sees nothing of the one before."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from registration.links import address_for
from registration.models import Registration
from registration.views import opened
from tests.factories import form_data, make_registration, others_data
from tests.pages import read
from tests.sign_up import send_pages

OWN = "/en/registration/"
THANKS = "/en/2024/register/thanks/"
OTHERS_THANKS = "/en/2024/register/others/thanks/"
LEAVE = "/en/registration/leave/"
HALF_AN_HOUR = 30 * 60
BUTTON = "Leave this page on this phone"


@pytest.fixture
def person(edition):
    return make_registration(edition, name_latin="SOK Dara")


def open_own(browser, person):
    browser.get(address_for(person))
    return OWN


def sign_up(browser, person):
    send_pages(browser, "/en/2024/register/", form_data(person.edition, phone="012 000 002"))
    return THANKS


def sign_up_others(browser, person):
    browser.post("/en/2024/register/others/", others_data(person.edition, {}))
    return OTHERS_THANKS


WAYS = [open_own, sign_up, sign_up_others]


def shows_a_number(browser, page):
    """Of any participant; on any of the pages that a browser keeps."""
    html = browser.get(page).content.decode()
    return any(one.spoken_code in html for one in Registration.objects.all())


@pytest.mark.parametrize("way", WAYS)
def test_page_is_left_with_one_button_and_shows_nothing_any_more(client, person, way):
    page = way(client, person)
    assert BUTTON in read(client.get(page))
    assert shows_a_number(client, page)

    left = client.post(LEAVE, follow=True)

    assert "You have left" in read(left)
    for one in (OWN, THANKS, OTHERS_THANKS, "/en/2024/register/"):
        assert not shows_a_number(client, one)
    assert not Session.objects.exists()


def test_leaving_is_a_button_and_no_link(client, person):
    open_own(client, person)

    assert client.get(LEAVE).status_code == 405
    assert shows_a_number(client, OWN)


@pytest.mark.parametrize("way", WAYS)
def test_staff_who_leave_the_page_of_a_participant_stay_signed_in(staff_client, person, way):
    page = way(staff_client, person)

    staff_client.post(LEAVE)

    assert not shows_a_number(staff_client, page)
    assert staff_client.get("/admin/").status_code == 200


@pytest.mark.parametrize("is_of_staff", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_page_is_closed_half_an_hour_after_it_was_last_used(
    client, staff_client, person, way, is_of_staff, monkeypatch
):
    browser = staff_client if is_of_staff else Client()
    page = way(browser, person)
    begun = time.time()

    for minutes, is_open in [(20, True), (40, True), (71, False), (72, False)]:
        monkeypatch.setattr(opened, "now", lambda minutes=minutes: int(begun + minutes * 60))
        assert shows_a_number(browser, page) is is_open


@pytest.mark.parametrize(
    ("way", "seconds"),
    [
        (open_own, HALF_AN_HOUR),
        (sign_up, 2 * HALF_AN_HOUR),
        (sign_up_others, HALF_AN_HOUR),
    ],  # a form stays for an hour
)
def test_session_of_a_visitor_ends_with_the_browser_or_soon(client, person, way, seconds):
    way(client, person)

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert Session.objects.get().expire_date <= timezone.now() + timedelta(seconds=seconds)


def test_page_that_has_closed_is_not_opened_again_by_another(staff_client, person, monkeypatch):
    open_own(staff_client, person)
    monkeypatch.setattr(opened, "now", lambda: int(time.time()) + HALF_AN_HOUR + 1)

    sign_up(staff_client, person)

    assert shows_a_number(staff_client, THANKS)
    assert not shows_a_number(staff_client, OWN)


def test_page_that_closed_by_itself_says_why(client, person, monkeypatch):
    open_own(client, person)
    monkeypatch.setattr(opened, "now", lambda: int(time.time()) + HALF_AN_HOUR + 1)

    assert "not used for half an hour" in read(client.get(OWN))
