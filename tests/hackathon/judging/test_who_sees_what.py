"""Who reads what of the judging: each team what was written to it, the hall and the public the awards."""

import pytest
from django.urls import reverse

from hackathon import links
from hackathon.judging.publishing import publish
from hackathon.judging.results import standing_of
from tests.hackathon.judging.factories import give, give_all, make_colleague, make_panel

pytestmark = pytest.mark.django_db


def test_each_team_reads_what_was_written_to_it_and_no_other_does(client, hackathon):
    """Five judges: one was without a line, one may not judge team 1, one left half way."""
    teams, judges = make_panel(hackathon, judges=5)
    give_all(judges, teams, [[5, 4, 3]] * 3 + [[None, 4, 3], [5, None, None]])
    for team in teams:
        give(judges[0], team, 5 - team.number, feedback=f"Words for team {team.number}")
    pages = list(map(links.team_address, teams))

    before = [client.get(page).content.decode() for page in pages]
    publish(hackathon, standing_of(hackathon).digest, by=make_colleague())
    of_first, of_second, of_third = [client.get(page).content.decode() for page in pages]
    of_all = client.get(reverse("hackathon:call", args=[hackathon.edition.year])).content.decode()

    assert not any("Words for team" in page or "award" in page.lower() for page in before)
    said = [[f"Words for team {number}" in page for number in (1, 2, 3)] for page in (of_first, of_second, of_third)]
    assert said == [[True, False, False], [False, True, False], [False, False, True]]
    assert "Words for team" not in of_all
    assert "First award" in of_all
    assert "First award" in of_first
    assert "Sample Judge" not in of_first + of_all


def test_the_hall_shows_the_awards_once_staff_press_in_both_languages(client, hackathon):
    teams, judges = make_panel(hackathon)
    for team in teams:
        team.pitch_no = team.number
        team.save()
    type(hackathon).objects.update(on_stage=4)
    give_all(judges, teams, [[5, 4, 3], [5, 4, 3]])
    hall = reverse("hackathon:hall", args=[hackathon.edition.year])

    before = client.get(hall).content.decode()
    publish(hackathon, standing_of(hackathon).digest, by=make_colleague())
    after = client.get(hall).content.decode()

    assert "First award" not in before
    assert "First award" in after
    assert "រង្វាន់លេខ១" in after
