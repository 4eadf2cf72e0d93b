"""When the database is away, or another request holds the lock of the places: a kind answer, nothing typed is lost."""

import re
import time
from contextlib import contextmanager
from html import unescape
from io import StringIO
from threading import Event, Thread
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.db import InternalError, OperationalError, connection

from conference.serving.passing import is_passing
from registration.management.commands import tend_registration
from registration.messages import outbox
from registration.models import Intake, Registration
from registration.places import lock
from tests.factories import form_data
from tests.pages import read
from tests.sign_up import of_page, send_pages

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST_WAIT = 10  # seconds: three for the lock, the rest for a busy machine


@contextmanager
def lock_held_by_another_request(edition):
    taken, done = Event(), Event()

    def hold():
        try:
            with lock.place_lock(edition.pk):
                taken.set()
                done.wait(60)
        finally:
            connection.close()

    holder = Thread(target=hold)
    holder.start()
    assert taken.wait(10)
    try:
        yield
    finally:
        done.set()
        holder.join()


@pytest.fixture
def impatient_sqlite(edition):
    """Half a second instead of the twenty of settings.py, so that the test does not take them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 500")
    yield
    connection.close()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "The site is very busy at this moment"), ("km", "គេហទំព័រកំពុងមមាញឹកខ្លាំង")]
)
def test_form_comes_back_with_everything_typed_while_the_lock_is_held(
    client, edition, impatient_sqlite, language, words
):
    data = form_data(edition, access_note="Sample note", assistant_name="Sample Assistant")
    last = send_pages(client, f"/{language}/2024/register/", data, until=2).url
    started = time.monotonic()

    with lock_held_by_another_request(edition):
        response = client.post(last, of_page(data, 3))

    assert time.monotonic() - started < LONGEST_WAIT
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert words in read(response)
    html = response.content.decode()
    assert "Sample note</textarea>" in html
    assert all(f'value="{typed}"' in html for typed in (data["form_token"], "Sample Assistant"))
    assert not Registration.objects.exists()


def test_form_that_came_back_is_taken_when_sent_again(client, edition, impatient_sqlite):
    data = form_data(edition)
    last = send_pages(client, "/en/2024/register/", data, until=2).url

    with lock_held_by_another_request(edition):
        client.post(last, of_page(data, 3))
    response = client.post(last, of_page(data, 3))

    assert response.url == "/en/2024/register/thanks/"
    assert Registration.objects.count() == 1


def fail(*_args, **_kwargs):
    raise OperationalError("server closed the connection unexpectedly")


@pytest.fixture
def no_connection(monkeypatch, client):
    monkeypatch.setattr(connection, "ensure_connection", fail)
    connection.close()
    client.raise_request_exception = False


READ_ONLY = ["/km/2024/", "/km/registration/AAA-0/"]


@pytest.mark.parametrize(
    ("method", "address"),
    [("post", "/en/2024/register/"), ("get", "/en/2024/register/"), *[("get", address) for address in READ_ONLY]],
)
@pytest.mark.usefixtures("no_connection")
def test_page_without_database_says_in_both_languages_to_come_back(client, method, address):
    response = getattr(client, method)(address)

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    text = read(response)
    assert "what you typed is still there" in text
    assert "អ្វីដែលអ្នកបានបំពេញនៅមានដដែល" in text


@pytest.mark.parametrize("address", READ_ONLY)
@pytest.mark.usefixtures("no_connection")
def test_page_that_takes_no_form_says_so_without_the_database(client, address):
    assert client.post(address).status_code == 405


def test_fault_of_ours_is_no_passing_trouble(client, edition, monkeypatch):
    monkeypatch.setattr(Intake, "of", lambda _edition: 1 / 0)
    client.raise_request_exception = False

    response = client.get("/en/2024/register/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in read(response)


def test_tending_goes_on_when_the_database_comes_back(edition, monkeypatch):
    answers = iter([fail, lambda: 0])
    monkeypatch.setattr(outbox, "send_due", lambda **_how: next(answers)())
    monkeypatch.setattr(tend_registration, "PAUSE", 1)
    monkeypatch.setattr(tend_registration.time, "sleep", lambda _seconds: None)
    is_serving = iter([True, False])  # the server ends after the second time
    monkeypatch.setattr(tend_registration, "is_there", lambda _process: next(is_serving))
    said = StringIO()

    call_command("tend_registration", "--loop", "--with-parent", "7", stdout=StringIO(), stderr=said)

    assert said.getvalue() == "The database does not answer (OperationalError); again soon.\n"
    assert next(answers, None) is None


def test_lock_says_by_itself_and_for_its_transaction_alone_how_long_it_waits(edition):
    """A pool of connections refuses options at the start, and may give the next transaction another connection."""

    def wait():
        if connection.vendor == "sqlite":
            return f"{connection.settings_dict['OPTIONS']['timeout']}s"
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            return cursor.fetchone()[0]

    with lock.place_lock(edition.pk):
        inside = wait()

    assert (inside, wait()) == (("3s", "0") if connection.vendor == "postgresql" else ("20s", "20s"))


def held_in(html):
    """What the page that holds a form would send, and where."""
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html)
    return re.search('action="([^"]*)"', html)[1], [(name, unescape(value)) for name, value in fields]


@pytest.fixture
def without_database(monkeypatch, client):
    """From when it is called until it is called again."""
    client.raise_request_exception = False

    @contextmanager
    def away():
        with monkeypatch.context() as patch:
            patch.setattr(connection, "cursor", fail)
            yield

    return away


def test_form_that_is_sent_while_the_database_is_away_comes_back_whole_and_is_taken_afterwards(
    client, edition, without_database
):
    data = form_data(edition, access_note='Sample "note"\nof <two> lines', assistant_name="Sample Assistant")
    last = send_pages(client, "/en/2024/register/", data, until=2).url

    with without_database():
        response = client.post(last, of_page(data, 3))

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "no-store" in response["Cache-Control"]
    text = read(response)
    assert "Nothing that you typed is lost" in text
    assert "អ្វីដែលអ្នកបានបំពេញមិនបាត់បង់ទេ" in text
    address, fields = held_in(response.content.decode())
    again = client.post(unescape(address), urlencode(fields), content_type="application/x-www-form-urlencoded")
    assert again.url == "/en/2024/register/thanks/"
    answers = Registration.objects.get().inclusion_answers
    assert answers.access_note.replace("\r", "") == 'Sample "note"\nof <two> lines'


def test_what_staff_typed_is_not_lost_either_but_no_password_is_written_into_a_page(
    staff_client, edition, without_database
):
    staff_client.raise_request_exception = False

    with without_database():
        page = staff_client.post(f"/admin/conference/edition/{edition.pk}/change/", {"title_en": "Sample & title"})
        sign_in = staff_client.post("/admin/login/", {"username": "chief", "password": "CANARY"})

    assert (page.status_code, sign_in.status_code) == (503, 503)
    assert ("title_en", "Sample & title") in held_in(page.content.decode())[1]
    assert "CANARY" not in sign_in.content.decode()


def test_form_comes_back_while_the_database_may_only_be_read(client, edition):
    """As on a PostgreSQL that follows another one."""
    data = form_data(edition, assistant_name="Sample Assistant")
    last = send_pages(client, "/en/2024/register/", data, until=2).url

    def read_only(execute, sql, *rest):
        if sql.startswith("SELECT"):
            return execute(sql, *rest)
        raise InternalError("cannot execute UPDATE in a read-only transaction") from ReadOnly()

    with connection.execute_wrapper(read_only):
        response = client.post(last, of_page(data, 3))

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert 'value="Sample Assistant"' in response.content.decode()
    assert client.post(last, of_page(data, 3)).url == "/en/2024/register/thanks/"


class ReadOnly(Exception):
    pgcode = "25006"


def test_other_internal_errors_of_the_database_are_ours():
    assert not is_passing(InternalError("current transaction is aborted"))
