"""How long a session of staff stays open."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from conference.serving.sessions import SIGNED_IN_AT, STAFF_IDLE_SECONDS, STAFF_SECONDS, SessionStore

pytestmark = pytest.mark.django_db

HOUR = 3600


def left():
    """For how many more seconds the one session is open."""
    return (Session.objects.get().expire_date - timezone.now()).total_seconds()


def pass_by(seconds, *, since_signed_in=None):
    """That much time later: the session ends earlier by as much, and its staff signed in longer ago."""
    row = Session.objects.get()
    store = SessionStore(row.session_key)
    held = store.decode(row.session_data)
    held[SIGNED_IN_AT] -= since_signed_in or seconds
    Session.objects.update(expire_date=row.expire_date - timedelta(seconds=seconds), session_data=store.encode(held))


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_session_ends_when_staff_do_nothing_for_two_hours(staff_client):
    assert left() <= STAFF_IDLE_SECONDS

    pass_by(2 * HOUR - 60)
    assert is_in(staff_client)
    pass_by(2 * HOUR + 60)
    assert not is_in(staff_client)


def test_work_keeps_a_session_open_for_half_a_day_and_no_longer(staff_client):
    for _hour in range(11):
        pass_by(HOUR)
        assert is_in(staff_client)

    assert left() <= HOUR  # the twelfth
    pass_by(HOUR + 1)
    assert not is_in(staff_client)


def test_page_that_comes_soon_after_another_writes_no_session(staff_client):
    before = Session.objects.get().expire_date
    pass_by(60)

    assert is_in(staff_client)

    assert Session.objects.get().expire_date == before - timedelta(seconds=60)


def test_cookie_ends_with_the_session(staff_client):
    pass_by(STAFF_IDLE_SECONDS - 60, since_signed_in=STAFF_SECONDS - 600)

    cookie = staff_client.get("/admin/").cookies["session"]

    assert 590 <= cookie["max-age"] <= 600


def test_session_that_a_wrong_clock_wrote_ahead_is_over(staff_client):
    """The clock of the server was half a year ahead, and was put right."""
    pass_by(-180 * 24 * HOUR)

    assert not is_in(staff_client)


def test_clock_that_goes_back_by_an_hour_ends_no_session(staff_client):
    pass_by(-HOUR + 60)

    assert is_in(staff_client)
