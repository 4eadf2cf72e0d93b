"""Taking people in: what follows from what was pressed, in whatever order devices send it."""

import itertools
import uuid
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from agenda.publishing import chosen
from registration.choices import Status
from registration.desk import arrivals
from registration.desk.arrivals import IN, UNDO, Act, Outcome
from registration.models import Attendance, DeskAct, Registration
from registration.signing_up import transitions
from tests.factories import make_registration

MOMENT = timedelta(minutes=1)


@pytest.fixture
def at(first_morning, today):
    """Minutes after six on the first day."""
    six = timezone.make_aware(datetime.combine(today.date, time(6)))
    return lambda minutes: six + minutes * MOMENT


@pytest.fixture
def press(first_morning, today, colleague):
    def send(*acts):
        return arrivals.note(first_morning.edition, today, acts, by=colleague)

    return send


def outcomes(answers):
    return [answer.outcome for answer in answers]


def test_of_two_desks_the_earlier_time_stands(first_morning, press, at):
    token = first_morning.badge_token

    assert outcomes(press(Act(token, IN, at(20)))) == [Outcome.NOTED]
    assert outcomes(press(Act(token, IN, at(5)), Act(token, IN, at(30)))) == [Outcome.NOTED, Outcome.ALREADY]

    assert Attendance.objects.get().arrived_at == at(5)


def test_same_act_sent_twice_is_one(first_morning, press, at):
    act = Act(first_morning.badge_token, IN, at(5), uuid.uuid4())

    assert outcomes(press(act, act)) + outcomes(press(act)) == [Outcome.NOTED] * 3
    assert DeskAct.objects.count() == 1


def test_act_that_is_sent_again_after_an_undo_takes_no_person_in(first_morning, press, at):
    act = Act(first_morning.badge_token, IN, at(5))
    press(act, Act(first_morning.badge_token, UNDO, at(6)))

    assert outcomes(press(act)) == [Outcome.UNDONE]
    assert not Attendance.objects.exists()


def test_act_that_is_sent_again_is_answered_as_things_stand_now(first_morning, press, at):
    taken, back = Act(first_morning.badge_token, IN, at(5)), Act(first_morning.badge_token, UNDO, at(6))
    press(taken, back)
    transitions.cancel(first_morning)

    assert outcomes(press(taken)) == [Outcome.UNDONE]


def test_undo_removes_no_later_arrival_of_another_desk(first_morning, press, at):
    token = first_morning.badge_token
    press(Act(token, IN, at(5)), Act(token, IN, at(20)))

    answers = press(Act(token, UNDO, at(10)))

    assert outcomes(answers) == [Outcome.STAYS]
    assert answers[0].since == Attendance.objects.get().arrived_at == at(20)


def test_order_in_which_acts_are_sent_does_not_matter(edition, first_morning, press, at):
    acts = [(IN, 5), (UNDO, 10), (IN, 20), (IN, 25)]
    people = [make_registration(edition, phone=f"+855120001{n:02}") for n in range(24)]

    for row, order in zip(people, itertools.permutations(acts), strict=True):
        for what, minutes in order:
            press(Act(row.badge_token, what, at(minutes)))

    assert set(Attendance.objects.values_list("arrived_at", flat=True)) == {at(20)}
    assert Attendance.objects.count() == 24


def test_moment_is_held_within_the_day_and_not_after_now(first_morning, press, at):
    token = first_morning.badge_token

    answer = press(Act(token, IN, at(-5000)))[0]
    assert timezone.localtime(answer.since).isoformat() == "2024-03-26T00:00:00+07:00"
    press(Act(token, UNDO, at(1)))
    assert press(Act(token, IN, at(5000)))[0].since < at(121)  # it is eight o'clock


def test_no_person_is_taken_in_before_the_day(first_morning, colleague, edition):
    tomorrow = chosen.days(edition)[1]

    answers = arrivals.note(edition, tomorrow, [Act(first_morning.badge_token, IN, timezone.now())], by=colleague)

    assert outcomes(answers) == [Outcome.NOT_YET]
    assert not Attendance.objects.exists()


def test_person_on_the_waiting_list_is_not_taken_in(intake, press, at):
    intake.capacity = 1
    intake.save()
    waiting = make_registration(intake.edition, phone="+85512000008")
    assert waiting.status == Status.WAITING

    answer = press(Act(waiting.badge_token, IN, at(5)))[0]

    assert answer.outcome == Outcome.NO_PLACE
    assert "On the waiting list: not taken in" in answer.words
    transitions.cancel(waiting)
    assert outcomes(press(Act(waiting.badge_token, IN, at(5)))) == [Outcome.CANCELLED]


def test_person_who_is_in_stays_in_when_cancelled_meanwhile(first_morning, press, at):
    press(Act(first_morning.badge_token, IN, at(5)))
    transitions.cancel(first_morning)

    assert outcomes(press(Act(first_morning.badge_token, IN, at(6)))) == [Outcome.ALREADY]
    assert outcomes(press(Act(first_morning.badge_token, UNDO, at(7)))) == [Outcome.UNDONE]


def test_to_come_in_is_to_accept_the_place_that_is_offered(first_morning, press, at):
    Registration.objects.update(status=Status.OFFERED, offered_until=at(600))

    assert outcomes(press(Act(first_morning.badge_token, IN, at(5)))) == [Outcome.NOTED]

    assert Registration.objects.get().status == Status.CONFIRMED


def test_day_that_was_noted_from_paper_stays_and_can_be_taken_back(first_morning, press, at, today):
    Attendance.objects.create(registration=first_morning, day_id=today.pk)
    Attendance.objects.update(at=at(0))

    answer = press(Act(first_morning.badge_token, UNDO, at(-5)))[0]
    assert (answer.outcome, answer.since) == (Outcome.STAYS, None)
    assert outcomes(press(Act(first_morning.badge_token, UNDO, at(5)))) == [Outcome.UNDONE]


def test_many_acts_are_sent_at_once(edition, press, at, django_assert_max_num_queries):
    tokens = [make_registration(edition, phone=f"+855120002{n:02}").badge_token for n in range(12)]

    with django_assert_max_num_queries(30):
        press(*(Act(token, IN, at(5)) for token in tokens))
    assert Attendance.objects.count() == 12
