"""What a page says of itself to search engines, and to who gets its address in a message."""

import pytest

from hackathon.links import team_address
from tests.hackathon.factories import make_team, past_deadline, send_project
from tests.pages import told


@pytest.mark.parametrize("page", ["team", "team_project", "team_mentors"])
def test_link_of_a_team_tells_nothing_to_others(client, hackathon, page):
    assert told(client, team_address(make_team(hackathon), page)) == {"robots": "noindex"}


def test_project_is_told_by_what_it_does(client, hackathon):
    send_project(make_team(hackathon), summary_en="A map of sample wells.")
    past_deadline(hackathon)
    type(hackathon).objects.update(projects_shown=True)

    assert told(client, "/en/2024/hackathon/projects/1/")["og:description"] == "A map of sample wells."
