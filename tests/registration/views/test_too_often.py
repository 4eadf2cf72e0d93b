"""Too many forms from one network: they are slowed, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from conference.models import Attempt
from conference.serving import attempts
from conference.serving.attempts import Limit
from registration.models import GuardianCall, Registration
from registration.views import others, sign_up
from registration.views.others import SIGN_UPS
from tests.factories import form_data, others_data
from tests.pages import read
from tests.sign_up import REGISTER, begun, send_from, send_pages

OTHERS = "/en/2024/register/others/"
FIND = "/en/2024/register/find/"
HALL = "192.0.2.1"
LATE = "Wait a minute, then send it again. Nothing is lost"


@pytest.fixture
def two_a_minute(monkeypatch):
    for views in (sign_up, others):
        monkeypatch.setattr(views, "SIGN_UPS", Limit("sign up", an_hour=3, a_minute=2))


def send(edition, number, **changes):
    person = form_data(edition, name_km=None, name_latin=f"KUMROU {number}", phone=f"012 000 {number:03}", **changes)
    return send_pages(Client(), REGISTER, person)


def minutes_pass(number):
    Attempt.objects.update(at=timezone.now() - timedelta(minutes=number))


def test_too_many_of_one_network_are_asked_to_wait_and_lose_nothing(edition, two_a_minute):
    for number in range(2):
        assert send(edition, number).status_code == 302

    response = send(edition, 7, needs_anything="yes", access_note="A sample need")

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert LATE in read(response)
    assert "A sample need" in response.content.decode()
    assert Registration.objects.count() == 2


def test_form_that_had_to_wait_is_taken_afterwards(edition, two_a_minute):
    for number in range(2):
        send(edition, number)
    browser, person = Client(), form_data(edition, phone="012 000 777")
    assert send_pages(browser, REGISTER, person).status_code == 429

    minutes_pass(2)
    response = send_from(browser, f"{REGISTER}?form={person['form_token']}&page=3", 3, person)

    assert response.url.endswith("/register/thanks/")
    assert Registration.objects.filter(phone="+85512000777").exists()


def test_after_an_hours_worth_the_page_says_so(edition, two_a_minute):
    for number in range(3):
        send(edition, number)
        minutes_pass(2)

    response = send(edition, 7)

    assert response.headers["Retry-After"] == "3600"
    assert "Very many forms have come from your network in the last hour" in read(response)


def test_several_people_count_as_many(edition, client, two_a_minute):
    data = others_data(edition, {}, {}, {"name_latin": "KUMROU of the third row"})

    response = client.post(OTHERS, data)

    assert response.status_code == 429
    assert LATE in read(response)
    assert "KUMROU of the third row" in response.content.decode()
    assert not Registration.objects.exists()


def test_what_is_wrong_and_what_is_corrected_does_not_count(edition, client, two_a_minute):
    for _time in range(4):
        assert client.post(OTHERS, others_data(edition, {"name_latin": ""})).status_code == 200
    person = form_data(edition)
    for organisation in ("A", "B", "C", "D"):
        assert send_pages(client, REGISTER, person | {"organisation": organisation}).status_code == 302

    assert Registration.objects.get().organisation == "D"


def test_calls_to_guardians_are_limited_as_well(edition, two_a_minute):
    young = {"adult": "no", "guardian_name": "KUMROU Parent"}
    for number in range(4):
        last = send(edition, number, **young, guardian_phone=f"012 111 00{number}")

    assert last.status_code == 429
    assert "KUMROU Parent" in last.content.decode()
    assert GuardianCall.objects.count() == 2


def test_links_by_email_are_limited_as_well(edition, client, monkeypatch):
    monkeypatch.setattr("registration.own_page.finding.BY_EMAIL", Limit("find by e-mail", an_hour=9, a_minute=1))
    assert client.post(FIND, {"email": "first@example.org"}).status_code == 200

    response = client.post(FIND, {"email": "second@example.org"})

    assert response.status_code == 429
    assert "second@example.org" in response.content.decode()


def test_hall_of_300_people_behind_one_address_signs_up(edition):
    """A third of them at once, the others within ten minutes."""
    for minute in range(10, 0, -1):
        counted = attempts.count(edition, (SIGN_UPS, HALL), times=SIGN_UPS.a_minute if minute in (10, 1) else 20)
        Attempt.objects.filter(pk__in=counted).update(at=timezone.now() - timedelta(minutes=minute))

    assert Attempt.objects.count() == 280
    attempts.count(edition, (SIGN_UPS, HALL), times=20)


def test_two_browsers_of_one_network_count_together_behind_the_proxy_too(edition, settings, two_a_minute):
    settings.BEHIND_PROXY = True

    def at_the_last_page(number, forwarded):
        browser, person = Client(), form_data(edition, phone=f"012 000 {number:03}")
        session = browser.session
        session.update(begun(person))
        session.save()
        browser.cookies["session"] = session.session_key
        address = f"{REGISTER}?form={person['form_token']}&page=3"
        browser.defaults["HTTP_X_FORWARDED_FOR"] = forwarded
        return send_from(browser, address, 3, person).status_code

    made_up = [f"203.0.113.{number}, 192.0.2.1" for number in range(3)]  # the first is the visitor's own invention
    assert [at_the_last_page(number, address) for number, address in enumerate(made_up)] == [302, 302, 429]
    assert at_the_last_page(9, "192.0.2.9") == 302
