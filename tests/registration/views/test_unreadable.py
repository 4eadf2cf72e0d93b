"""The key is lost: what needs it says so in words, and all else works."""

import re
from html import unescape

import pytest
from cryptography.fernet import Fernet
from django.test import Client

from conference import clock
from registration.links import address_for
from registration.models import Arrangement, InclusionAnswers, Registration, TravelDecision, TravelRequest
from tests.factories import make_registration
from tests.pages import read

WITHOUT_KEY = ["", "change/", "agreements/", "ask/", "cancel/", "erase/", "new-link/", "calendar.ics"]
WITH_KEY = ["needs/", "travel/", "data/", "data.json", "arrangements/"]


@pytest.fixture
def person(edition):
    person = make_registration(
        edition,
        email="kumrou@example.org",
        province="02",
        inclusion={"access_note": "CANARY note", "access_needs": ["captions"]},
        travel={"nights": ["2024-03-25"], "mode": "bus"},
    )
    TravelDecision.objects.create(
        travel_request=TravelRequest.objects.get(), note="CANARY note", decided_at=clock.now()
    )
    return person


@pytest.fixture
def own(person, settings):
    """The participant's browser, after the key was lost."""
    browser = Client(raise_request_exception=False)
    browser.get(address_for(person))
    browser.lost_keys = settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    return browser


def test_own_pages_that_need_no_closed_answer_work(own):
    assert {page: own.get(f"/en/registration/{page}").status_code for page in WITHOUT_KEY} == dict.fromkeys(
        WITHOUT_KEY, 200
    )
    assert "This cannot be read just now." in read(own.get("/en/registration/"))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "This cannot be read just now"), ("km", "មិនទាន់អាចអានបាននៅពេលនេះ")]
)
def test_own_pages_that_need_a_closed_answer_say_so(own, language, words):
    for page in WITH_KEY:
        response = own.get(f"/{language}/registration/{page}")
        assert (response.status_code, response["Retry-After"]) == (503, "30"), page
        assert words in read(response)
        assert "no-store" in response["Cache-Control"]


def test_participant_gives_up_and_is_erased_without_the_key(own):
    assert own.post("/en/registration/cancel/").status_code == 302
    assert own.post("/en/registration/erase/").status_code == 200
    assert not TravelRequest.objects.exists()
    assert not Registration.objects.exists()


def test_what_was_typed_is_held_and_taken_when_the_key_is_back(own, settings):
    page = own.post(
        "/en/registration/needs/", {"access_note": "Sample <note>", "food": ["halal"], "languages": ["km"]}
    )

    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.content.decode())

    assert fields == [("access_note", "Sample &lt;note&gt;"), ("food", "halal"), ("languages", "km")]
    settings.FIELD_ENCRYPTION_KEYS = own.lost_keys
    assert own.post("/en/registration/needs/", {name: unescape(value) for name, value in fields}).status_code == 302
    assert InclusionAnswers.objects.get().access_note == "Sample <note>"


def test_staff_read_that_it_cannot_be_read(own, staff_client):
    staff_client.raise_request_exception = False
    pk = Arrangement.objects.values_list("pk", flat=True)[0]
    closed = [
        *("inclusionanswers/", "travelrequest/", "arrangement/", f"arrangement/{pk}/change/"),
        "registration/figures/",
    ]
    for page in closed:
        response = staff_client.get(f"/admin/registration/{page}")
        assert response.status_code == 503, page
        assert "This cannot be read just now" in read(response)
    for page in ["", "registration/registration/", "registration/message/"]:
        assert staff_client.get(f"/admin/{page}").status_code == 200
