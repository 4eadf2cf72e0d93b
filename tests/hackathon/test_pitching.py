"""The order is drawn by lot from words that are published, and the clock of the hall runs."""

import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone

from hackathon.models import Hackathon, Team
from hackathon.pitching import drawing, stage
from tests.hackathon.factories import make_team, past_deadline, send_project


@pytest.fixture
def ready(hackathon):
    """Three teams have sent a project, a fourth has not."""
    for number in (1, 2, 3):
        send_project(make_team(hackathon, number))
    make_team(hackathon, 4)
    past_deadline(hackathon)
    return hackathon


def order():
    teams = Team.objects.exclude(pitch_no=None).order_by("pitch_no")
    return list(teams.values_list("number", flat=True))


def test_order_is_as_the_published_command_gives_it(ready, admin_user):
    drawing.draw(ready, admin_user, seed="rice 7 12")

    sums = {}
    for number in (1, 2, 3):
        command = f"printf '%s' 'rice 7 12 {number}' | sha256sum"
        sums[number] = subprocess.run(command, shell=True, capture_output=True, check=True, text=True).stdout  # noqa: S602
    assert order() == sorted(sums, key=sums.get)


def test_every_team_is_as_often_first():
    """Of 3,000 drawings each of five teams is first in 600, but for chance."""
    first = [drawing.in_order(f"words {time}", range(1, 6))[0] for time in range(3000)]
    assert all(500 < first.count(number) < 700 for number in range(1, 6))


def test_order_is_drawn_after_the_deadline_and_again_only_with_a_reason(hackathon, admin_user):
    send_project(make_team(hackathon))
    with pytest.raises(drawing.TooEarly):
        drawing.draw(hackathon, admin_user)
    past_deadline(hackathon)
    drawing.draw(hackathon, admin_user)

    with pytest.raises(drawing.NoReason):
        drawing.draw(hackathon, admin_user)
    drawing.draw(hackathon, admin_user, reason="A team was forgotten")

    assert [one.reason for one in hackathon.draws.all()] == ["", "A team was forgotten"]
    assert len({one.seed for one in hackathon.draws.all()}) == 2


def test_without_a_project_there_is_nothing_to_draw(hackathon, admin_user):
    past_deadline(hackathon)
    with pytest.raises(drawing.NoTeam):
        drawing.draw(hackathon, admin_user)


def test_teams_are_called_one_after_the_other_and_a_double_press_counts_once(ready, admin_user):
    drawing.draw(ready, admin_user, seed="sample")
    called = []
    for place in range(3):
        stage.call_next(ready, after=place)
        stage.call_next(ready, after=place)
        ready.refresh_from_db()
        called.append(stage.stage_of(ready).now.number)

    assert called == order()
    stage.call_next(ready, after=3)
    ready.refresh_from_db()
    assert stage.stage_of(ready).is_over
    stage.call_back(ready, after=4)
    ready.refresh_from_db()
    assert stage.stage_of(ready).now.number == called[-1]


def test_team_that_withdraws_is_passed_over(ready, admin_user):
    drawing.draw(ready, admin_user, seed="sample")
    first, second, _third = order()
    Team.objects.filter(number=first).update(is_withdrawn=True)

    stage.call_next(ready, after=0)

    ready.refresh_from_db()
    assert stage.stage_of(ready).now.number == second


@pytest.mark.parametrize(
    ("seconds", "left", "questions"),
    [(0, "5:00", False), (299, "0:01", False), (301, "4:59", True), (700, "0:00", True)],
)
def test_time_runs_to_present_and_then_for_questions(ready, admin_user, monkeypatch, seconds, left, questions):
    drawing.draw(ready, admin_user, seed="sample")
    began = timezone.now()
    Hackathon.objects.update(on_stage=1, staged_at=began)
    ready.refresh_from_db()
    monkeypatch.setattr("hackathon.pitching.stage.clock.now", lambda: began + timedelta(seconds=seconds))

    shown = stage.stage_of(ready)

    assert (shown.time_left, shown.is_question_time) == (left, questions)
