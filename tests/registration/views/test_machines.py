"""A form that a program sends, and the same from a person whose browser filled it in."""

import re
import time

import pytest
from django.test import Client

from registration.forms import machines
from registration.models import Message, Registration
from tests.factories import form_data, others_data
from tests.pages import read
from tests.sign_up import REGISTER, of_page, send_pages

OTHERS = "/en/2024/register/others/"
ASKED = "as if a program had filled it in"
AT_ONCE = {"shown_at": machines.sealed(machines.Shown(at=time.time() + 3600))}  # while this test lasts


@pytest.fixture(params=["one", "several"])
def send(request, edition):
    """Sends a form of one person, or of several; `send` of the same form goes on in the same browser."""
    browser = Client()
    if request.param == "one":
        data = form_data(edition, name_latin="KUMROU Fast")
        return lambda **changes: send_pages(browser, REGISTER, data | changes)
    data = others_data(edition, {"name_latin": "KUMROU Fast"})
    return lambda **changes: browser.post(OTHERS, data | changes)


def stamp_in(response):
    return re.search(r'name="shown_at" value="([^"]+)"', response.content.decode())[1]


@pytest.mark.parametrize(
    "signs", [{"leave_empty": "http://spam.example.org"}, AT_ONCE, {"shown_at": ""}, {"shown_at": "x"}]
)
def test_form_of_a_program_comes_back_full_and_is_not_kept(send, signs):
    response = send(**signs)

    assert response.status_code == 200
    assert ASKED in read(response)
    assert "KUMROU Fast" in response.content.decode()
    assert "spam.example.org" not in response.content.decode()
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_person_whose_browser_fills_in_every_field_is_asked_once(send):
    filled_in = {"leave_empty": "KUMROU"}
    asked = send(**filled_in)

    response = send(**filled_in, shown_at=stamp_in(asked))

    assert response.status_code == 302
    assert Registration.objects.exists()


def test_program_that_sends_again_at_once_is_asked_again(send):
    asked = send(shown_at="")

    assert ASKED in read(send(shown_at=stamp_in(asked)))


def test_what_is_wrong_is_said_first_and_the_time_goes_on(send, monkeypatch):
    wrong = send(name_km="", name_latin="", **{"person-1-name_latin": ""})
    assert ASKED not in read(wrong)

    assert send(shown_at=stamp_in(wrong)).status_code == 302


def test_going_back_to_the_first_page_asks_nothing(edition):
    browser, data = Client(), form_data(edition)
    browser.post(REGISTER, of_page(data, 1))

    response = browser.post(REGISTER, of_page(data | AT_ONCE, 1))

    assert response.status_code == 302


def test_thousand_programs_leave_nothing(client, edition):
    """Twenty, for they are all alike: each field filled in, sent to each page of the form."""
    for number in range(20):
        data = form_data(edition, leave_empty="x", name_latin=f"BOT {number}", shown_at=None)
        client.post(f"{REGISTER}?page={number % 3 + 1}", data)
        client.post(OTHERS, others_data(edition, {}, leave_empty="x"))

    assert not Registration.objects.exists()


def test_field_is_for_no_person(client, edition):
    """No tab stops at it, no screen reader reads it, and no browser is asked to fill it in."""
    for address in (REGISTER, OTHERS):
        page = client.get(address).content.decode()
        around = page[page.index('class="visually-hidden" aria-hidden="true"') :].partition("</p>")[0]
        assert 'name="leave_empty" tabindex="-1" autocomplete="off"' in around
