"""A crowd at the door of the real server: four workers, hundreds of people, on the database of this run."""

import re
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from functools import partial
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.crypto import get_random_string

from agenda.editions.loading import load_edition
from agenda.publishing.versions import publish_first
from conference.models import Edition
from conference.serving.sessions import SessionStore
from registration.choices import Status
from registration.models import Message, Registration
from registration.signing_up import transitions
from tests.crowd import database_url, open_form, press_button, press_last_button, send_form, send_page
from tests.factories import form_data, open_intake
from tests.server import running_server
from tests.sign_up import LAST_PAGE, begun, of_page
from tests.time import real_now

PEOPLE, PLACES, AT_ONCE = 500, 75, 64

pytestmark = pytest.mark.real_server


@pytest.fixture(scope="module")
def site(django_db_setup, tmp_path_factory):
    """One server for all crowds: starting four workers takes as long as serving one of them."""
    environment = {
        "DATABASE_URL": database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_ENCRYPTION_KEYS": ",".join(settings.FIELD_ENCRYPTION_KEYS),
    }
    with running_server(environment, tmp_path_factory.mktemp("site"), workers=4) as site:
        yield site


@pytest.fixture
def door(transactional_db, site):
    """The edition with 75 places, published as on any day on which people sign up, and the address of its form."""
    load_edition(2024)
    edition = Edition.objects.current()
    publish_first(edition)
    open_intake(edition, capacity=PLACES)
    return edition, f"{site}/km/2024/register/"


def test_five_hundred_people_for_75_places(door):
    edition, address = door
    headers, token = open_form(address)
    forms = [form_data(edition, csrfmiddlewaretoken=token, form_token=str(uuid.uuid4())) for _person in range(PEOPLE)]
    visitors = begin_all(headers, forms)

    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        ends = list(crowd.map(partial(press_last_button, f"{address}?page={LAST_PAGE}"), visitors, forms))
    seconds = time.monotonic() - started
    print(f"\n{connection.vendor}: {PEOPLE} sign-ups in {seconds:.1f} s, {PEOPLE / seconds:.0f} a second")

    assert {status for status, _leads_to, _retry_after in ends} == {302}
    assert all(leads_to.endswith("/register/thanks/") for _status, leads_to, _retry_after in ends)
    assert Registration.objects.filter(status=Status.CONFIRMED).count() == PLACES
    assert Registration.objects.filter(status=Status.WAITING).count() == PEOPLE - PLACES
    assert Registration.objects.values("form_token").distinct().count() == PEOPLE
    assert Message.objects.count() == PEOPLE
    in_order = list(Registration.objects.waiting_in_order().values_list("waiting_since", flat=True))
    assert in_order == sorted(in_order)


def begin_all(headers, forms):
    """The headers of visitors who stand at the last page, all before the same moment."""
    sessions = [
        Session(
            session_key=get_random_string(32),
            session_data=SessionStore().encode(begun(form)),
            expire_date=real_now() + timedelta(hours=1),
        )
        for form in forms
    ]
    Session.objects.bulk_create(sessions)
    name = settings.SESSION_COOKIE_NAME.removeprefix("__Host-")
    return [headers | {"Cookie": f"{headers['Cookie']}; {name}={one.session_key}"} for one in sessions]


def test_crowd_while_others_cancel_and_places_are_offered(door):
    edition, address = door
    headers, token = open_form(address)
    forms = [form_data(edition, csrfmiddlewaretoken=token, form_token=str(uuid.uuid4())) for _person in range(150)]

    with ThreadPoolExecutor(16) as crowd:
        answers = [crowd.submit(press_button, address, headers, form) for form in forms]
        for _time in range(30):
            cancel_participant()
        for answer in answers:
            assert answer.result()[0] == 302

    held = Registration.objects.holding_a_place()
    assert held.count() == PLACES
    assert len(set(held.values_list("place_no", flat=True))) == PLACES
    assert Registration.objects.count() == 150


def cancel_participant():
    participant = Registration.objects.holding_a_place().order_by("?").first()
    if participant:
        transitions.cancel(participant)


def test_last_page_sent_fifty_times_at_once_is_one_registration_and_fifty_equal_answers(door):
    edition, address = door
    headers, token = open_form(address)
    form = form_data(edition, csrfmiddlewaretoken=token)
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=60)) as line:
        answer, headers = send_form(line, address, headers, form, until=LAST_PAGE - 1)
    last = urljoin(address, answer.headers["Location"])

    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(lambda _time: page_after(last, headers, of_page(form, LAST_PAGE)), range(50)))

    assert Registration.objects.count() == 1
    assert Message.objects.count() == 1
    assert len(set(answers)) == 1
    assert Registration.objects.get().spoken_code in answers[0]


def page_after(address, headers, form):
    """What is read in the end, without the code against forged forms, which differs every time, and without the line
    that the form was sent before, which all but the first read.
    """
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=60)) as line:
        answer = send_page(line, address, headers, form)
        line.request("GET", answer.headers["Location"], headers={"Cookie": headers["Cookie"]})
        page = line.getresponse().read().decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|\s+<p role="status">[^<]+</p>', "", page)
