"""A crowd at the door of the real server: four workers, hundreds of people, on the database of this run."""

import re
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest
from django.conf import settings
from django.db import connection

from agenda.loading import load_edition
from conference.models import Edition
from registration import signup
from registration.choices import Status
from registration.models import Intake, Message, Registration
from tests.factories import form_data
from tests.server import running_server

PEOPLE, PLACES, AT_ONCE = 500, 75, 64


@pytest.fixture
def door(transactional_db, tmp_path):
    """The edition with 75 places, and the address of its form."""
    load_edition(2024)
    edition = Edition.objects.current()
    Intake.objects.create(edition=edition, capacity=PLACES)
    environment = {
        "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_ENCRYPTION_KEYS": ",".join(settings.FIELD_ENCRYPTION_KEYS),
    }
    with running_server(environment, tmp_path, workers=4) as site:
        yield edition, f"{site}/km/2024/register/"


def database_url():
    """The test database, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    # As tests/postgres.py writes it: the server listens on a socket in a folder.
    return f"postgres://{connection.settings_dict['USER']}@/{quote(connection.settings_dict['HOST'] + '/' + name)}"


def open_form(address):
    """The cookie and the token that a browser would send back."""
    opener = build_opener(HTTPCookieProcessor())
    with opener.open(address) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
        cookie = page.headers["Set-Cookie"].partition(";")[0]
    return {"Cookie": cookie, "Referer": address}, token


def press_button(address, headers, data):
    """Where the browser ends up."""
    request = Request(address, urlencode(data, doseq=True).encode(), headers)  # noqa: S310 -- http://127.0.0.1
    with urlopen(request, timeout=60) as answer:  # noqa: S310 -- http://127.0.0.1
        return answer.url


def test_five_hundred_people_for_75_places(door):
    edition, address = door
    headers, token = open_form(address)
    forms = [form_data(edition, csrfmiddlewaretoken=token, form_token=str(uuid.uuid4())) for _person in range(PEOPLE)]

    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        ends = list(crowd.map(lambda form: press_button(address, headers, form), forms))
    seconds = time.monotonic() - started
    print(f"\n{connection.vendor}: {PEOPLE} sign-ups in {seconds:.1f} s, {PEOPLE / seconds:.0f} a second")

    assert len(ends) == PEOPLE
    assert Registration.objects.filter(status=Status.CONFIRMED).count() == PLACES
    assert Registration.objects.filter(status=Status.WAITING).count() == PEOPLE - PLACES
    assert Registration.objects.values("form_token").distinct().count() == PEOPLE
    assert Message.objects.count() == PEOPLE
    in_order = list(Registration.objects.waiting_in_order().values_list("waiting_since", flat=True))
    assert in_order == sorted(in_order)


def test_crowd_while_others_cancel_and_places_are_offered(door):
    edition, address = door
    headers, token = open_form(address)
    forms = [form_data(edition, csrfmiddlewaretoken=token, form_token=str(uuid.uuid4())) for _person in range(150)]

    with ThreadPoolExecutor(16) as crowd:
        answers = [crowd.submit(press_button, address, headers, form) for form in forms]
        for _time in range(30):
            cancel_somebody()
        for answer in answers:
            answer.result()

    held = Registration.objects.holding_a_place()
    assert held.count() == PLACES
    assert len(set(held.values_list("place_no", flat=True))) == PLACES
    assert Registration.objects.count() == 150


def cancel_somebody():
    somebody = Registration.objects.holding_a_place().order_by("?").first()
    if somebody:
        signup.cancel(somebody)
