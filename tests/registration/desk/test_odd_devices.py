"""What devices at the desk send, as a program would that is not the page of the desk."""

import uuid

import pytest
from django.utils.timezone import localdate

from registration.models import Attendance

DAY = "/admin/desk/2024/1/"
EIGHT = "2024-03-26T08:00:00+07:00"


@pytest.fixture
def send(desk, first_morning):
    def post(sent_at=EIGHT, **changed):
        act = {"key": str(uuid.uuid4()), "token": first_morning.badge_token, "act": "in", "at": EIGHT} | changed
        content = {"sent_at": sent_at, "acts": [act]}
        return desk.post(f"{DAY}arrivals.json", content, content_type="application/json")

    return post


@pytest.mark.parametrize("token", ["\ud800", "\x00", "", "x" * 10_000, "not-of-this-site"])
def test_token_that_no_badge_has_is_unknown(send, token):
    (answer,) = send(token=token).json()["acts"]
    assert answer["outcome"] == "unknown"


@pytest.mark.parametrize("token", ["\x00", "\x00" * 40, "", "not-of-this-site"])
def test_button_with_such_a_token_takes_no_person_in(desk, first_morning, token):
    answer = desk.post(f"{DAY}press/", {"token": token, "place": ""}, follow=True)
    assert "This is no badge of this conference." in answer.content.decode()
    assert not Attendance.objects.exists()


def test_form_in_place_of_what_devices_send_is_answered_in_words(desk, first_morning):
    answer = desk.post(f"{DAY}arrivals.json", {"on": "2024-03-26"})
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_clock_at_the_end_of_time_takes_the_person_in_on_the_day(send, moment):
    for changed in ({"at": moment}, {"sent_at": moment}, {"at": moment, "sent_at": moment}):
        assert send(**changed).status_code in {200, 400}
    row = Attendance.objects.get()
    assert localdate(row.arrived_at).isoformat() == "2024-03-26"


@pytest.mark.parametrize(
    "changed", [{"token": 5}, {"token": None}, {"act": "out"}, {"act": []}, {"key": 1}, {"at": "8:00"}, {"at": None}]
)
def test_what_is_no_act_is_answered_in_words_and_keeps_nothing(send, changed):
    answer = send(**changed)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert not Attendance.objects.exists()
