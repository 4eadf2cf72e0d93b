"""Who makes a team, joins one, asks to be placed, leaves; and which team staff are told might fit."""

import pytest

from hackathon.choices import Skill, Spoken
from hackathon.mentoring import booking
from hackathon.models import Hackathon, Member, MentorHour, Team
from hackathon.teaming import rules
from hackathon.teaming.suggesting import standings, suggestions
from registration.choices import Province
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.hackathon.factories import SAID, make_hour, make_member, make_team, past_deadline, send_project


def test_team_is_made_and_joined_by_its_code(hackathon, edition):
    first, second = make_registration(edition), make_registration(edition)

    team = rules.make_team(hackathon, first, "Sample team", SAID)
    rules.join(hackathon, second, team.code, SAID)

    assert [one.registration for one in team.members.all()] == [first, second]
    assert team.number == 1


def test_team_takes_only_so_many_who_come(hackathon, edition):
    Hackathon.objects.update(largest_team=2)
    team = make_team(hackathon)
    make_member(hackathon, team)
    gone = make_member(hackathon, team)
    last = make_registration(edition)

    with pytest.raises(rules.Full):
        rules.join(hackathon, last, team.code, SAID)

    transitions.cancel(gone.registration)
    rules.join(hackathon, last, team.code, SAID)  # who cancelled takes no place


def test_person_is_in_one_team(hackathon, edition):
    person = make_registration(edition)
    team, other = rules.make_team(hackathon, person, "Sample team", SAID), make_team(hackathon, 7)

    with pytest.raises(rules.InATeam):
        rules.join(hackathon, person, other.code, SAID)
    assert Member.objects.get().team == team


@pytest.mark.parametrize("state", ["withdrawn", "of another hackathon"])
def test_code_of_a_team_that_does_not_take_part_opens_nothing(hackathon, edition, state):
    team = make_team(hackathon, is_withdrawn=state == "withdrawn")
    code = team.code if state == "withdrawn" else "ZZZZZZ"

    with pytest.raises(rules.NoSuchTeam):
        rules.join(hackathon, make_registration(edition), code, SAID)


@pytest.mark.parametrize("closed", ["not published", "teams are complete", "past the deadline"])
def test_no_team_is_made_while_they_are_closed(hackathon, edition, closed):
    columns = {
        "not published": {"is_published": False},
        "teams are complete": {"teams_closed_at": hackathon.deadline.replace(year=2023)},
        "past the deadline": {"deadline": hackathon.deadline.replace(year=2023)},
    }
    Hackathon.objects.update(**columns[closed])

    with pytest.raises(rules.NotOpen):
        rules.make_team(hackathon, make_registration(edition), "Sample team", SAID)
    assert not Team.objects.exists()


def test_who_asked_to_be_placed_may_still_choose(hackathon, edition):
    person, team = make_registration(edition), make_team(hackathon)
    rules.ask_to_be_placed(hackathon, person, SAID)

    rules.join(hackathon, person, team.code, SAID)

    assert Member.objects.get().team == team


def test_last_who_leaves_ends_a_team_without_a_project(hackathon):
    member = make_member(hackathon, make_team(hackathon))
    rules.leave(hackathon, member.registration)
    assert Team.objects.get().is_withdrawn


def test_hours_of_a_team_that_ends_are_free_again(hackathon):
    hour, team = make_hour(hackathon), make_team(hackathon)
    booking.book(team, hour.pk, "Sample question")
    member = make_member(hackathon, team)

    rules.leave(hackathon, member.registration)

    assert (MentorHour.objects.free().get(), MentorHour.objects.get().question) == (hour, "")


def test_team_with_a_project_stays_when_all_have_left(hackathon):
    team = make_team(hackathon)
    member = make_member(hackathon, team)
    send_project(team)

    rules.leave(hackathon, member.registration)

    assert not Team.objects.get().is_withdrawn


def test_erased_person_leaves_the_team_standing(hackathon):
    team = make_team(hackathon)
    member, _other = make_member(hackathon, team), make_member(hackathon, team)

    transitions.erase(member.registration)

    assert team.members.count() == 1
    assert not Team.objects.get().is_withdrawn


def test_staff_place_a_person_also_after_teams_are_complete(hackathon):
    member, team = make_member(hackathon), make_team(hackathon)
    past_deadline(hackathon)

    rules.place(member, team)

    assert Member.objects.get().team == team
    with pytest.raises(rules.InATeam):
        rules.place(member, make_team(hackathon, 2))


def test_suggestion_says_why(hackathon):
    make_member(hackathon, make_team(hackathon), skills=[Skill.CODE], province=Province.KEP)
    person = make_member(
        hackathon, spoken=[Spoken.KHMER, Spoken.ENGLISH], skills=[Skill.MAPS, Skill.CODE], province=Province.TAKEO
    )

    (found,) = suggestions(hackathon, person, standings(hackathon))

    assert found.reasons == (
        "can work together in: Khmer",
        "brings what the team does not have yet: maps",
        "the team lacks 1 person",
        "from a province that is not in the team yet: Takeo",
    )


def test_team_without_a_shared_language_comes_last_and_full_ones_not_at_all(hackathon):
    Hackathon.objects.update(largest_team=2)
    hackathon.refresh_from_db()
    khmer, english, full = (make_team(hackathon, number) for number in (1, 2, 3))
    make_member(hackathon, khmer, spoken=[Spoken.KHMER])
    make_member(hackathon, english, spoken=[Spoken.ENGLISH])
    for _person in range(2):
        make_member(hackathon, full, spoken=[Spoken.ENGLISH])
    person = make_member(hackathon, spoken=[Spoken.ENGLISH])

    found = suggestions(hackathon, person, standings(hackathon))

    assert [one.team for one in found] == [english, khmer]
    assert found[1].reasons[0] == "no language that all of them speak"
