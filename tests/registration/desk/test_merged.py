"""Two registrations of one person became one: both badges open it, and the earlier arrival stands."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from conference import clock
from registration.desk import arrivals
from registration.desk.arrivals import IN, UNDO, Act, Outcome
from registration.duplicates import merging
from registration.models import Attendance, Certificate
from registration.own_page.data import everything
from tests.factories import make_registration
from tests.pages import read
from tests.registration.desk.test_devices import DAY, act


@pytest.fixture
def kept(first_morning):
    return first_morning


@pytest.fixture
def other(kept):
    return make_registration(kept.edition, name_latin="SOK Daraa", phone="+85512000007")


@pytest.fixture
def press(today, colleague):
    def send(row, *acts):
        """`acts`: what, and how many minutes ago."""
        sent = [Act(row.badge_token, what, clock.now() - timedelta(minutes=ago)) for what, ago in acts]
        return arrivals.note(row.edition, today, sent, by=colleague)

    return send


def minutes_ago(row):
    return round((clock.now() - row.arrived_at) / timedelta(minutes=1))


def test_badge_of_the_one_that_went_opens_the_one_that_stayed(kept, other, desk, colleague):
    merging.merge(kept, other, by=colleague)

    assert "SOK Dara" in read(desk.get(f"/b/{other.badge_token}/"))
    assert "Already in since" in read(desk.post(f"/b/{other.badge_token}/", follow=True))
    assert Attendance.objects.get().registration == kept


def test_badge_leads_on_also_after_a_second_merging(kept, other, desk, colleague):
    third = make_registration(kept.edition, name_latin="SOK Tararith", phone="+85512000006")
    merging.merge(other, third, by=colleague)
    merging.merge(kept, other, by=colleague)

    for row in (other, third):
        assert "SOK Dara" in read(desk.get(f"/b/{row.badge_token}/"))


def test_pages_and_devices_of_the_desk_know_the_old_badge(kept, other, desk, colleague):
    merging.merge(kept, other, by=colleague)

    assert "SOK Dara" in read(desk.get(DAY, {"q": other.badge_token}))
    assert desk.get(f"{DAY}people.json").json()["people"][0]["earlier_tokens"] == [other.badge_token]
    done = desk.post(f"{DAY}press/", {"token": other.badge_token}, follow=True)
    assert "SOK Dara – Taken in at" in read(done)


def test_device_that_waited_for_a_line_with_both_badges_takes_the_person_in_once(kept, other, desk, colleague):
    acts = [act(other, minutes_ago=9), act(kept, minutes_ago=4)]
    merging.merge(kept, other, by=colleague)
    body = {"sent_at": clock.now().isoformat(), "acts": acts}

    answer = desk.post(f"{DAY}arrivals.json", json.dumps(body), content_type="application/json").json()

    assert [one["outcome"] for one in answer["acts"]] == [Outcome.NOTED, Outcome.ALREADY]
    assert minutes_ago(Attendance.objects.get()) == 9


def test_strangers_learn_nothing_from_the_old_badge(kept, other, colleague):
    merging.merge(kept, other, by=colleague)

    assert read(Client().get(f"/b/{other.badge_token}/")) == read(Client().get("/b/nowhere/"))


@pytest.mark.parametrize("stays", [0, 1])
def test_of_two_who_arrived_the_earlier_time_stands(kept, other, press, colleague, stays):
    press(kept, (IN, 5))
    press(other, (IN, 20))
    pair = [kept, other]

    merging.merge(pair[stays], pair[1 - stays], by=colleague)

    assert minutes_ago(Attendance.objects.get()) == 20
    assert press(pair[stays], (IN, 1))[0].outcome == Outcome.ALREADY
    assert minutes_ago(Attendance.objects.get()) == 20


def test_time_of_the_desk_stands_beside_a_day_from_paper(kept, other, press, today, colleague):
    Attendance.objects.create(registration=kept, day_id=today.pk)
    press(other, (IN, 20))

    merging.merge(kept, other, by=colleague)

    assert minutes_ago(Attendance.objects.get()) == 20


@pytest.mark.parametrize("stays", [0, 1])
def test_what_was_taken_back_of_one_does_not_take_the_other_out(kept, other, press, colleague, stays):
    press(kept, (IN, 20))
    press(other, (IN, 12), (UNDO, 10))
    pair = [kept, other]
    merging.merge(pair[stays], pair[1 - stays], by=colleague)

    assert press(pair[stays], (IN, 1))[0].outcome == Outcome.ALREADY

    assert minutes_ago(Attendance.objects.get()) == 20


def test_act_of_the_one_that_went_sent_again_after_it_was_taken_back_takes_no_person_in(
    kept, other, today, press, colleague
):
    first = Act(other.badge_token, IN, clock.now() - timedelta(minutes=12))
    arrivals.note(other.edition, today, [first], by=colleague)
    press(other, (UNDO, 10))
    merging.merge(kept, other, by=colleague)

    assert arrivals.note(kept.edition, today, [first], by=colleague)[0].outcome == Outcome.UNDONE
    assert not Attendance.objects.exists()


@pytest.fixture
def certificates(kept, other):
    for row in (kept, other):
        Certificate.objects.create(registration=row, edition=kept.edition, initials="S. D.", days=["2024-03-26"])
    return [row.certificate.spoken_code for row in (kept, other)]


def test_certificates_of_both_are_verified_until_the_person_is_erased(client, kept, other, certificates, colleague):
    merging.merge(kept, other, by=colleague)

    pages = [f"/en/c/{code}/" for code in certificates]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    held = everything(kept)
    assert [held["certificate"]["code"], held["earlier_certificates"][0]["code"]] == [
        code.replace("-", "") for code in certificates
    ]
    kept.delete()
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_only_certificate_goes_over(kept, other, certificates, colleague):
    Certificate.objects.filter(registration=kept).delete()

    merging.merge(kept, other, by=colleague)

    assert Certificate.objects.get().registration == kept
