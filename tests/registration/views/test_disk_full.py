"""The disk of the database is full: that is said in words, what was promised is kept, and it passes by itself."""

import re
from contextlib import contextmanager

import psycopg2.errors
import pytest
from django.db import OperationalError, connection

from registration.models import Message, Registration
from tests.factories import form_data, make_registration
from tests.pages import read
from tests.sign_up import of_page, send_pages

pytestmark = pytest.mark.django_db(transaction=True)

MOST = 500  # people who find room in pages that are begun
USUAL_LIMIT = 1_073_741_823  # pages, of SQLite


@contextmanager
def full_disk():
    """SQLite takes no more pages: to it that is a full disk. PostgreSQL has no such limit: each writing is refused."""
    if connection.vendor == "postgresql":
        with connection.execute_wrapper(refuse_to_write):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # so that no page is free
        cursor.execute("PRAGMA max_page_count = 1")  # no fewer than there are
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA max_page_count = {USUAL_LIMIT}")


def refuse_to_write(execute, sql, params, many, context):
    if re.search(r"(^|;)\s*(INSERT|UPDATE|DELETE)\b", sql):
        raise OperationalError("could not extend file") from psycopg2.errors.DiskFull("No space left on device")
    return execute(sql, params, many, context)


def sign_up_until_it_is_refused(edition):
    """How many were promised a place."""
    for number in range(MOST):
        try:
            make_registration(edition, phone=f"+8551200{number:04}")
        except OperationalError:
            return number
    raise AssertionError("the disk never was full")


def test_full_disk_refuses_in_words_loses_nothing_and_passes(client, edition):
    data = form_data(edition, access_note="Sample note")
    last = send_pages(client, "/en/2024/register/", data, until=2).url

    with full_disk():
        promised = sign_up_until_it_is_refused(edition)
        refused = client.post(last, of_page(data, 3))

    assert refused.status_code == 503
    assert "what you sent is not kept yet" in read(refused)
    assert "Sample note</textarea>" in refused.content.decode()
    assert Registration.objects.count() == Message.objects.count() == promised
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
    assert client.post(last, of_page(data, 3)).url == "/en/2024/register/thanks/"
    assert Registration.objects.count() == promised + 1
