"""The participant's own link and page."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from agenda.choices import SessionState
from agenda.models import Session
from agenda.publishing import versions
from registration.choices import MessageKind, Status
from registration.links import address_for, registration_for, revoke, token_for
from registration.models import Consent, InclusionAnswers, Intake, Message, Registration
from registration.signing_up import transitions
from tests.factories import form_data, make_registration
from tests.pages import links, read
from tests.sign_up import send_pages

FIND = "/en/2024/register/find/"


@pytest.fixture
def person(edition):
    return make_registration(
        edition, name_latin="SOK Dara", email="dara@example.org", inclusion={"access_note": "CANARY"}
    )


@pytest.fixture
def own_client(client, person):
    client.get(address_for(person))
    return client


@pytest.fixture
def offered(client, edition):
    """A participant to whom the only place is offered, and who has opened their link."""
    Intake.objects.update(capacity=1)
    first, second = make_registration(edition), make_registration(edition)
    transitions.cancel(first)
    client.get(address_for(second))
    return second


def test_link_opens_its_registration(person):
    assert registration_for(token_for(person)) == person


def test_link_of_another_person_or_changed_opens_nothing(person):
    other = make_registration(person.edition)
    token = token_for(person)

    for wrong in (
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        token.lower(),
        token.partition("-")[0],
        f"{person.code}-",
        f"{other.code}-{token.partition('-')[2]}",
        "nonsense",
        "",
    ):
        assert registration_for(wrong) is None


def test_revoked_link_opens_nothing_and_the_next_one_does(person):
    old = token_for(person)

    revoke(person)

    assert registration_for(old) is None
    assert registration_for(token_for(person)) == person


def test_link_dies_when_personal_data_is_erased(person):
    Intake.objects.update(erase_all_on=timezone.localdate())

    assert registration_for(token_for(person)) is None


def test_link_opens_nothing_while_there_is_no_intake(person):
    Intake.objects.all().delete()

    assert registration_for(token_for(person)) is None


def test_link_survives_a_change_of_the_secret_key(person, settings):
    token = token_for(person)

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret key of this test"

    assert registration_for(token) == person


def test_opening_the_link_changes_nothing_and_leaves_the_secret_behind(client, person):
    for _time in range(3):
        response = client.get(address_for(person))

    assert response.url == "/en/registration/"
    person.refresh_from_db()
    assert person.status == Status.CONFIRMED


def test_own_page_shows_where_one_stands_but_nothing_sensitive(own_client, person):
    response = own_client.get("/en/registration/")

    text = read(response)
    for words in ["your place is confirmed", person.spoken_code, "SOK Dara", "012 000 001", "dara@example.org"]:
        assert words in text
    assert "CANARY" not in text
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("page", ["", "cancel/"])
def test_own_page_is_closed_without_the_link(client, person, page):
    response = client.get(f"/en/registration/{page}")

    assert response.status_code == 404
    assert "SOK" not in read(response)
    assert FIND in links(response)


def test_wrong_link_says_so(client, edition):
    assert "This link does not open" in read(client.get("/en/registration/AAAAAAA-0000/"))


def test_who_has_signed_up_and_not_opened_the_link_is_led_back_to_it(client, edition):
    assert "/en/2024/register/thanks/" not in links(client.get("/en/registration/"))
    send_pages(client, "/en/2024/register/", form_data(edition))

    page = client.get("/en/registration/")

    assert "Your own page opens with your link" in read(page)
    assert "/en/2024/register/thanks/" in links(page)


def test_numbers_of_all_that_we_hold_are_in_the_readers_digits(own_client, person):
    Registration.objects.filter(pk=person.pk).update(place_no=37)

    assert "៣៧" in read(own_client.get("/km/registration/data/"))


def test_cancelling_asks_first_and_then_does(own_client, person):
    assert "Cancel my registration?" in read(own_client.get("/en/registration/cancel/"))

    own_client.post("/en/registration/cancel/")

    assert Registration.objects.get(pk=person.pk).status == Status.CANCELLED
    assert "Your registration is cancelled." in read(own_client.get("/en/registration/"))


def test_cancelling_twice_says_how_it_stands(own_client, person):
    own_client.post("/en/registration/cancel/")

    assert "This is no longer possible" in read(own_client.post("/en/registration/cancel/"))


def test_offered_place_is_taken_with_one_button(client, offered):
    assert "It is kept for you until" in read(client.get("/en/registration/"))

    client.post("/en/registration/accept/")

    offered.refresh_from_db()
    assert offered.status == Status.CONFIRMED


def test_offer_is_not_taken_by_looking(client, offered):
    assert client.get("/en/registration/accept/").status_code == 405
    offered.refresh_from_db()
    assert offered.status == Status.OFFERED


def test_offer_that_ran_out_is_told_kindly(client, offered):
    Registration.objects.filter(pk=offered.pk).update(offered_until=timezone.now() - timedelta(hours=1))

    assert "This is no longer possible" in read(client.post("/en/registration/accept/"))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "your days do not take place as planned"), ("km", "មិនប្រព្រឹត្តទៅតាមការគ្រោងទុក")]
)
def test_offer_for_a_day_that_was_cancelled_since_is_refused_with_the_reason(client, offered, language, words):
    Session.objects.filter(day__in=offered.days.all()).update(state=SessionState.CANCELLED)
    versions.publish(offered.edition, by=None)

    assert words in read(client.post(f"/{language}/registration/accept/"))

    offered.refresh_from_db()
    assert offered.status == Status.OFFERED


def test_thank_you_page_has_the_link(client, edition):
    send_pages(client, "/km/2024/register/", form_data(edition))

    response = client.get("/km/2024/register/thanks/")

    assert address_for(Registration.objects.get()) in links(response)


def test_find_answers_the_same_for_known_and_unknown_addresses(person, monkeypatch):
    # The header Expires tells the second: the two answers may fall into different ones.
    monkeypatch.setattr("django.utils.cache.http_date", lambda _moment: "the same second")
    # Each request has a number of its own, drawn by chance.
    monkeypatch.setattr("conference.serving.request_log._number_of", lambda _request: "0123456789")

    known, unknown = (Client().post(FIND, {"email": email}) for email in ("DARA@example.org", "x@example.org"))

    assert known.content == unknown.content
    assert known.headers == unknown.headers
    assert Message.objects.filter(kind=MessageKind.LINK).count() == 1


def test_find_sends_at_most_three_links_a_day(client, person):
    for _time in range(6):
        client.post(FIND, {"email": "dara@example.org"})

    assert Message.objects.filter(kind=MessageKind.LINK).count() == 3


def test_find_says_what_is_wrong_with_an_address(client, edition):
    assert "Write your e-mail address." in read(client.post(FIND, {"email": ""}))


def test_download_holds_all_answers_of_the_person(own_client, person):
    response = own_client.get("/en/registration/data.json")

    data = json.loads(response.content)
    assert data["registration"]["name_latin"] == "SOK Dara"
    assert data["days"] == ["2024-03-26", "2024-03-27"]
    assert data["access_food_and_groups"]["access_note"] == "CANARY"
    assert data["travel"] is None
    assert {"subject": "data_use", "answer": "yes"}.items() <= data["agreements"][0].items()
    assert "form_token" not in data["registration"]
    assert "no-store" in response["Cache-Control"]


def test_download_is_closed_without_the_link(client, person):
    assert client.get("/en/registration/data.json").status_code == 404


def test_erasing_asks_first_and_leaves_nothing(own_client, person):
    assert "Erase all my data?" in read(own_client.get("/en/registration/erase/"))
    assert Registration.objects.exists()

    assert "Your data is erased" in read(own_client.post("/en/registration/erase/"))

    for model in (Registration, InclusionAnswers, Consent, Message):
        assert not model.objects.exists()
    assert own_client.get("/en/registration/").status_code == 404


def test_place_of_an_erased_person_goes_to_the_next(client, edition):
    Intake.objects.update(capacity=1)
    first, second = make_registration(edition), make_registration(edition)

    transitions.erase(first)

    second.refresh_from_db()
    assert second.status == Status.OFFERED
