"""What is erased on the date of all personal data, and what stays: the project is a work, the people go."""

import pytest

from conference import clock
from hackathon.above import ROOMS
from hackathon.choices import Skill, Spoken
from hackathon.models import Member, MentorHour, Submission, Team
from hackathon.teaming import rules
from registration.duplicates.merging import merge
from registration.models import Intake
from registration.own_page.data import everything
from registration.retention import erasing
from tests.factories import make_registration
from tests.hackathon.factories import SAID, make_hour, make_member, make_team, send_project


def test_people_go_and_the_project_stays(hackathon, edition):
    team = make_team(hackathon)
    make_member(hackathon, team)
    send_project(team)
    hour, free = make_hour(hackathon), make_hour(hackathon, name_en="Another sample mentor")
    MentorHour.objects.filter(pk=hour.pk).update(team=team, question="Sample question")

    today = clock.today()
    Intake.objects.update(erase_sensitive_on=today, erase_all_on=today)

    erasing.erase(edition, today)

    assert not Member.objects.exists()
    assert list(MentorHour.objects.all()) == [free]
    assert (Team.objects.count(), Submission.objects.count()) == (1, 1)
    assert not Team.objects.get().is_withdrawn


def test_own_data_tells_of_the_team(hackathon):
    member = make_member(hackathon, make_team(hackathon))

    told = everything(member.registration)["in_other_rooms"]

    assert {"question": "Team at the hackathon", "answer": "Team 1: Sample team 1"} in told


def test_membership_goes_over_when_two_registrations_become_one(hackathon, edition, admin_user):
    kept, member = make_registration(edition), make_member(hackathon, make_team(hackathon))

    merge(kept, member.registration, by=admin_user)

    assert Member.objects.get().registration == kept


def test_who_looked_for_a_team_keeps_the_team_of_the_other_registration(hackathon, edition, admin_user):
    """Of two places of one person the one in a team counts, with what was said in both."""
    looking = make_member(hackathon, spoken=[Spoken.ENGLISH], skills=[Skill.MAPS])
    member = make_member(hackathon, make_team(hackathon), skills=[Skill.CODE])
    Member.objects.filter(pk=looking.pk).update(contact="@sample")

    merge(looking.registration, member.registration, by=admin_user)

    stays = Member.objects.get()
    assert (stays.registration, stays.team) == (looking.registration, Team.objects.get())
    assert stays.spoken == [Spoken.KHMER, Spoken.ENGLISH]
    assert (stays.skills, stays.contact) == ([Skill.CODE, Skill.MAPS], "@sample")


@pytest.mark.parametrize(("sends", "stands"), [("none", "first"), ("first", "first"), ("second", "second")])
def test_of_two_teams_the_one_with_a_project_counts(hackathon, admin_user, sends, stands):
    """The other one loses the person as if they had left: alone in it and without a project, it takes part no more."""
    teams = {name: make_team(hackathon, number) for number, name in enumerate(("first", "second"), start=1)}
    kept, other = (make_member(hackathon, team) for team in teams.values())
    if sends in teams:
        send_project(teams[sends])

    merge(kept.registration, other.registration, by=admin_user)

    assert (Member.objects.get().registration, Member.objects.get().team) == (kept.registration, teams[stands])
    assert list(Team.objects.filter(is_withdrawn=True)) == [team for name, team in teams.items() if name != stands]


def test_copied_edition_takes_the_call_along_as_a_draft(hackathon, edition):
    hackathon.themes.create(title_en="Sample theme")
    make_team(hackathon)
    new = type(edition).objects.create(
        year=2031, title_en="Sample", starts_on=edition.starts_on, ends_on=edition.ends_on
    )

    ROOMS[0].copied(edition, new)

    copied = new.hackathon
    assert (copied.about_en, copied.is_published, copied.deadline) == ("Sample call", False, None)
    assert [str(one) for one in copied.themes.all()] == ["Sample theme"]
    assert not copied.teams.exists()
    assert (edition.hackathon.pk, edition.hackathon.themes.count()) == (hackathon.pk, 1)


def test_who_wishes_to_be_forgotten_ends_an_empty_team(hackathon, edition):
    person = make_registration(edition)
    rules.make_team(hackathon, person, "Sample team", SAID)

    ROOMS[0].forget(person)

    assert Team.objects.get().is_withdrawn
