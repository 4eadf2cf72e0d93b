"""The lock of the places where an edition has no intake: two desks take people in there too."""

from threading import Thread

import pytest
from django.db import OperationalError, connection

from registration.desk import arrivals
from registration.desk.arrivals import IN
from registration.models import Attendance, Intake
from registration.places import lock

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_desks_wait_for_each_other_without_an_intake(edition, first_morning, today, colleague, monkeypatch):
    Intake.objects.all().delete()
    monkeypatch.setattr(lock, "LONGEST_WAIT", "50ms")
    refused = []

    def second_desk():
        try:
            if connection.vendor == "sqlite":
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA busy_timeout = 50")
            arrivals.note_one(edition, today, first_morning.badge_token, IN, by=colleague)
        except OperationalError as busy:
            refused.append(busy)
        finally:
            connection.close()

    with lock.place_lock_if_any(edition.pk) as intake:
        assert intake is None
        other = Thread(target=second_desk)
        other.start()
        other.join()

    assert len(refused) == 1
    assert not Attendance.objects.exists()
