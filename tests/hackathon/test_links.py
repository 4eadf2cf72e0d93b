"""The links of a team: one that staff hand on, and one for each person, which ends when the person leaves."""

import re

import pytest
from django.utils import translation

from conference import clock
from hackathon import links
from hackathon.models import Member
from hackathon.teaming import rules
from registration.links import address_for
from registration.models import Intake, log_words
from registration.retention import erasing
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.hackathon.factories import SAID, make_member, make_team, send_project
from tests.pages import read


@pytest.fixture
def team(hackathon):
    return make_team(hackathon)


def status_of(client, address):
    return {client.get(f"{address}{page}").status_code for page in ("", "project/", "mentors/", "later/")}


def test_pages_of_a_person_lead_on_by_the_link_of_this_person(client, team):
    address = links.member_address(team, make_member(team.hackathon, team))
    team.reader = None

    page = client.get(address).content.decode()

    assert f"{address}project/" in page
    assert "This link is yours alone" in read(client.get(address))
    assert links.team_address(team) not in page
    assert client.post(f"{address}page/", {"hide": "1"}).url == address


@pytest.mark.parametrize("goes", ["leaves", "is taken out", "cancels"])
def test_link_of_who_goes_opens_nothing_and_the_others_stay_where_they_are(client, team, goes):
    member, other = make_member(team.hackathon, team), make_member(team.hackathon, team)
    address, of_other = links.member_address(team, member), links.member_address(team, other)

    match goes:
        case "leaves":
            rules.leave(team.hackathon, member.registration)
        case "is taken out":
            rules.take_out(member, team)
        case "cancels":
            transitions.cancel(member.registration)

    assert 200 not in status_of(client, address)
    assert client.post(f"{address}project/", {"title_en": "Sample"}).status_code == 404
    assert client.get(of_other).status_code == 200


def test_who_comes_back_reads_again(client, team):
    member, _other = make_member(team.hackathon, team), make_member(team.hackathon, team)
    address = links.member_address(team, member)
    rules.take_out(member, team)
    assert client.get(address).status_code == 404

    rules.place(member, team)

    assert client.get(address).status_code == 200


def test_link_of_a_person_outlives_the_erasing_of_the_people(client, team):
    """Half a year later the team is asked what became of its project: no other way leads to it."""
    address = links.member_address(team, make_member(team.hackathon, team))
    send_project(team)
    today = clock.today()
    Intake.objects.update(erase_sensitive_on=today, erase_all_on=today)

    erasing.erase(team.hackathon.edition, today)

    assert not Member.objects.exists()
    assert client.get(address).status_code == 200


def test_new_links_end_those_of_all(client, team):
    member = make_member(team.hackathon, team)
    address = links.member_address(team, member)
    team.reader = None
    of_team = links.team_address(team)

    new = client.post(f"{address}new-link/", {"sure": "1"}).url

    assert [client.get(one).status_code for one in (address, of_team, new)] == [404, 404, 200]


def test_link_of_a_person_opens_no_other_team_and_is_not_to_be_made_of_another(client, team):
    member, other = make_member(team.hackathon, team), make_team(team.hackathon, 2)
    code = links.member_address(team, member)[:-1].rpartition("-")[2]

    for forged in (f"{other.pk}-{member.pk}-{code}", f"{team.pk}-{member.pk + 1}-{code}", f"{team.pk}-{code}"):
        assert client.get(f"/en/hackathon/team/{forged}/").status_code == 404


def test_own_page_gives_the_link_of_the_person(client, edition, hackathon):
    person = make_registration(edition)
    team = rules.make_team(hackathon, person, "Sample team", SAID)
    from_own = links.member_address(team, Member.objects.get())
    client.get(address_for(person))

    assert from_own in client.get("/en/hackathon/mine/").content.decode()


@pytest.mark.parametrize(
    "subject",
    ["hackathon team 5", "hackathon judge 5", "hackathon mentor 5", "hackathon figures 2024", "invitation 5"],
)
def test_line_of_the_access_log_says_in_khmer_whose_link_was_looked_at(subject):
    with translation.override("km"):
        assert not re.search("[a-z]", log_words.subject(subject))
