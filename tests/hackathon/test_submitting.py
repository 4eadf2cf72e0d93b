"""A project is saved until the deadline and not a moment later; what was saved last stands."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from threading import local

import pytest
from django.db import connection
from django.utils import timezone

from hackathon.models import Hackathon, Submission
from hackathon.submitting import arriving
from hackathon.submitting.projects import shown, submitted
from hackathon.submitting.saving import Late, SavedMeanwhile, save_project
from tests.factories import make_edition
from tests.hackathon.factories import make_hackathon, make_team, past_deadline, project_columns, send_project

SECOND = timedelta(seconds=1)


@pytest.fixture
def at(monkeypatch):
    """The clock stands at a moment."""

    def stand(moment):
        monkeypatch.setattr("hackathon.submitting.saving.arrived_at", lambda: moment)

    return stand


def test_a_second_before_it_is_saved_and_a_second_after_it_is_not(hackathon, at):
    team = make_team(hackathon)

    at(hackathon.deadline - SECOND)
    send_project(team, title_en="In time")
    at(hackathon.deadline + SECOND)
    with pytest.raises(Late) as late:
        save_project(team, project_columns(title_en="Too late"), version=1)

    assert Submission.objects.get().title_en == "In time"
    assert late.value.arrived - late.value.deadline == SECOND


def test_deadline_itself_is_too_late(hackathon, at):
    at(hackathon.deadline)
    with pytest.raises(Late):
        send_project(make_team(hackathon))
    assert not Submission.objects.exists()


def test_deadline_that_staff_moved_counts(hackathon, at):
    team = make_team(hackathon)  # carries the old deadline with it
    team.hackathon.deadline  # noqa: B018 -- read
    Hackathon.objects.update(deadline=hackathon.deadline - timedelta(hours=1))
    at(hackathon.deadline - SECOND)

    with pytest.raises(Late):
        send_project(team)


def test_two_who_write_at_once_do_not_write_over_each_other_unseen(hackathon):
    team = make_team(hackathon)
    first = send_project(team, title_en="First")

    with pytest.raises(SavedMeanwhile) as meanwhile:
        save_project(team, project_columns(title_en="Second"), version=0)
    assert meanwhile.value.standing == first

    save_project(team, project_columns(title_en="Second"), version=first.version)
    assert Submission.objects.get().title_en == "Second"


def test_same_form_sent_twice_is_no_quarrel(hackathon):
    team = make_team(hackathon)
    send_project(team)
    send_project(team)
    assert Submission.objects.get().version == 2


def test_projects_are_for_no_one_before_the_deadline_and_for_the_public_once_staff_press(hackathon):
    team, hidden = make_team(hackathon), make_team(hackathon, 2, is_shown=False)
    send_project(team), send_project(hidden)
    Hackathon.objects.update(projects_shown=True)
    hackathon.refresh_from_db()
    assert submitted(hackathon) == shown(hackathon) == ()

    past_deadline(hackathon)

    assert [one.number for one in submitted(hackathon)] == [1, 2]
    assert [one.number for one in shown(hackathon)] == [1]
    Hackathon.objects.update(projects_shown=False)
    hackathon.refresh_from_db()
    assert shown(hackathon) == ()


def test_one_clock_for_all_servers(monkeypatch, db):
    """That of PostgreSQL, put back as the site's is in a rehearsal; on SQLite there is one server."""
    monkeypatch.setattr("hackathon.submitting.arriving.of_database", lambda: timezone.now() + timedelta(minutes=7))
    ahead = arriving.arrived_at() - timezone.now()
    assert round(ahead / timedelta(minutes=1)) == (7 if connection.vendor == "postgresql" else 0)


def test_sixty_in_the_last_seconds_are_whole_or_told_that_they_are_late(transactional_db, monkeypatch):
    """Twenty teams, three forms each, eight at once: two in time that do not know of each other, and one late."""
    hackathon = make_hackathon(make_edition())
    teams = [make_team(hackathon, number) for number in range(1, 21)]
    moment = local()
    monkeypatch.setattr("hackathon.submitting.saving.arrived_at", lambda: moment.value)

    def send(form):
        team, name, offset = form
        moment.value = hackathon.deadline + offset
        text = f"{name} " * 200
        try:
            return save_project(
                team, project_columns(title_en=name, summary_en=text, data_used_km=text), version=0
            ).version
        except Late:
            return "late"
        except SavedMeanwhile:
            return "meanwhile"
        finally:
            connection.close()

    offsets = {"first": -SECOND, "second": -SECOND / 2, "late": SECOND}
    forms = [(team, f"{team.number} {name}", offset) for team in teams for name, offset in offsets.items()]
    Random(18).shuffle(forms)
    with ThreadPoolExecutor(8) as crowd:
        told = dict(zip([name for _team, name, _offset in forms], crowd.map(send, forms), strict=True))

    assert {answer for name, answer in told.items() if name.endswith("late")} == {"late"}
    assert Submission.objects.count() == 20
    for project in Submission.objects.select_related("team"):
        of_team = {told[f"{project.team.number} first"], told[f"{project.team.number} second"]}
        assert of_team == {1, "meanwhile"}
        assert told[project.title_en] == 1  # the one that was told so stands
        assert project.summary_en.strip() == project.data_used_km.strip() == (f"{project.title_en} " * 200).strip()
