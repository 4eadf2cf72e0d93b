"""What the devices at the desk load and send."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.publishing.versions import publish
from conference import clock
from registration.models import Attendance, Registration
from registration.models.registration import ERASED_WORD
from tests.factories import make_day, make_registration

DAY = "/admin/desk/2024/1/"


def send(client, acts, sent_at=None):
    body = {"sent_at": (sent_at or clock.now()).isoformat(), "acts": acts}
    return client.post(f"{DAY}arrivals.json", json.dumps(body), content_type="application/json")


def act(registration, minutes_ago=0, what="in", ahead=timedelta(0)):
    at = clock.now() - timedelta(minutes=minutes_ago) + ahead
    return {"key": str(uuid.uuid4()), "token": registration.badge_token, "act": what, "at": at.isoformat()}


def test_people_are_loaded_without_anything_sensitive(edition, desk, first_morning):
    inclusion = {"access_note": "CANARY", "groups": ["lgbtqi"], "food": ["halal"]}
    make_registration(
        edition, name_latin="KUMROU Two", phone="+85512000002", inclusion=inclusion, email="a@example.org"
    )

    answer = desk.get(f"{DAY}people.json")

    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.json()["counts"] == {"in": 0, "expected": 2, "places": None, "left": None}
    first, second = answer.json()["people"]
    assert first == {
        "token": first_morning.badge_token,
        "earlier_tokens": [],
        "number": first_morning.spoken_code,
        "km": "សុខ ដារ៉ា",
        "latin": "SOK Dara",
        "find": [*first["find"][:2], "sok", "dara", "3045"],
        "organisation": "Sample Organisation",
        "lanyard": "no",
        "status": "place",
        "in": None,
    }
    text = answer.content.decode()
    assert not [word for word in ("CANARY", "lgbtqi", "halal", "example.org", "12323045") if word in text]
    assert set(second) == set(first)


def test_day_of_a_device_is_meant_although_its_number_is_another_by_now(first_morning, desk):
    make_day(first_morning.edition, date=date(2024, 3, 25))
    publish(first_morning.edition, by=None)
    body = {"sent_at": clock.now().isoformat(), "acts": [act(first_morning)]}
    on = {"X-Desk-Day": "2024-03-26"}

    desk.post(f"{DAY}arrivals.json", body, content_type="application/json", headers=on)

    assert Attendance.objects.get().day.date == date(2024, 3, 26)
    assert desk.get(f"{DAY}people.json", headers=on).json()["day"]["number"] == 2


def test_day_that_is_gone_from_the_programme_is_told_apart_from_a_line_that_is_away(first_morning, desk):
    first_morning.edition.days.filter(date="2024-03-26").update(date="2024-03-25")
    publish(first_morning.edition, by=None)
    on = {"X-Desk-Day": "2024-03-26"}
    body = {"sent_at": clock.now().isoformat(), "acts": [act(first_morning)]}

    answers = [
        desk.get(f"{DAY}people.json", headers=on),
        desk.post(f"{DAY}arrivals.json", body, content_type="application/json", headers=on),
    ]

    assert {answer.status_code for answer in answers} == {410}
    assert all("not in the published programme" in answer.json()["error"] for answer in answers)
    page = desk.post(f"{DAY}press/", {"token": first_morning.badge_token, "on": "2024-03-26"})
    assert page.status_code == 404
    assert "not in the published programme" in page.content.decode()
    assert not Attendance.objects.exists()


def test_person_who_is_erased_is_not_loaded(first_morning, desk):
    Registration.objects.update(name_latin=ERASED_WORD)

    assert desk.get(f"{DAY}people.json").json()["people"] == []


def test_number_of_queries_does_not_grow_with_people(edition, desk, first_morning):
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            desk.get(f"{DAY}people.json")
        counts.append(len(queries))
        make_registration(edition, phone=f"+8551200004{number}")

    assert counts[0] == counts[1]


def test_arrivals_are_noted_and_counted(first_morning, desk):
    sent = act(first_morning, minutes_ago=5)

    answer = send(desk, [sent]).json()

    assert answer["counts"]["in"] == 1
    assert answer["acts"] == [
        {
            "key": sent["key"],
            "outcome": "noted",
            "since": Attendance.objects.get().arrived_at.isoformat(),
            "words": answer["acts"][0]["words"],
        }
    ]
    assert answer["acts"][0]["words"].startswith("Taken in at 7:5")
    assert desk.get(f"{DAY}people.json").json()["people"][0]["in"] == answer["acts"][0]["since"]


@pytest.mark.parametrize("hours", [1, -1])
def test_clock_of_a_device_that_is_an_hour_off_is_set_right(first_morning, desk, hours):
    ahead = timedelta(hours=hours)
    expected = clock.now() - timedelta(minutes=5)

    send(desk, [act(first_morning, minutes_ago=5, ahead=ahead)], sent_at=clock.now() + ahead)

    assert abs(Attendance.objects.get().arrived_at - expected) < timedelta(seconds=5)


def test_clock_that_is_a_little_off_keeps_the_order_of_its_acts(first_morning, desk):
    send(desk, [act(first_morning, minutes_ago=1)], sent_at=clock.now() - timedelta(seconds=20))  # the line was slow

    answer = send(desk, [act(first_morning, minutes_ago=0.9, what="undo")]).json()

    assert answer["acts"][0]["outcome"] == "undone"


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b'{"sent_at": "x", "acts": []}', b'{"acts": []}', b"\xff"),
        *(b'{"sent_at": "2024-03-26T08:00:00", "acts": []}', b'{"sent_at": "0001-01-01T00:00:00+07:00", "acts": [1]}'),
        b'{"sent_at": "2024-03-26T08:00:00Z", "acts": [{"key": 1, "token": "x", "act": "in", "at": "x"}]}',
    ],
)
def test_what_cannot_be_read_is_answered_in_words(first_morning, desk, body):
    answer = desk.post(f"{DAY}arrivals.json", body, content_type="application/json")

    assert answer.status_code == 400
    assert "cannot be read" in answer.json()["error"]


def test_unknown_badge_is_answered_and_the_others_are_noted(first_morning, desk):
    stranger = act(first_morning) | {"token": "nowhere"}

    answer = send(desk, [stranger, act(first_morning)]).json()

    assert [one["outcome"] for one in answer["acts"]] == ["unknown", "noted"]


def test_form_of_another_site_sends_nothing(first_morning, desk):
    desk.handler.enforce_csrf_checks = True

    assert send(desk, [act(first_morning)]).status_code == 403
    assert not Attendance.objects.exists()
