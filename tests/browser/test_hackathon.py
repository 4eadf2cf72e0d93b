"""A team of four people from three provinces, and a fifth who asks to be placed: from its making to a second after the
deadline. On a small screen, without script, in both languages.
"""

import shlex

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.pages import choose, in_khmer, send
from tests.browser.visits import PHONE

pytestmark = pytest.mark.browser

MINE = "/{}/hackathon/mine/"
PLACED = """
from hackathon.models import Member, Team
from hackathon.teaming.rules import place
place(Member.objects.get(team=None), Team.objects.get())
"""
# What was saved came exactly one second before the deadline.
A_SECOND_LATER = """
from datetime import timedelta
from hackathon.models import Hackathon, Submission
Hackathon.objects.update(deadline=Submission.objects.get().saved_at + timedelta(seconds=1))
"""


def test_team_from_its_making_to_a_second_after_the_deadline(browser, hackathon_site):
    site = hackathon_site

    def person(turn, *, script=False):
        context = browser.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=script)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.goto(site.people[turn])
        return page

    # The first makes a team, by the keyboard alone from the name on.
    first = person(0)
    first.get_by_role("link", name="Take part in the hackathon").click()
    choose(first, "wish", "make")
    choose(first, "spoken", "km")
    first.fill("#id_name", "Sample Rice")
    first.press("#id_name", "Enter")
    first.get_by_role("link", name="Open the page of the team").click()
    code = first.locator("aside strong [aria-hidden]").inner_text()

    # Three more join by the code, in Khmer; the fifth asks to be placed, and staff do it.
    for turn in (1, 2, 3):
        page = person(turn)
        page.goto(MINE.format("km"))
        choose(page, "wish", "join")
        choose(page, "spoken", "km")
        page.fill("#id_code", code.lower())
        send(page)
        expect(page.get_by_role("link", name=in_khmer("Open the page of the team"))).to_be_visible()
    fifth = person(4)
    fifth.goto(MINE.format("en"))
    choose(fifth, "wish", "place")
    choose(fifth, "spoken", "km", "en")
    send(fifth)
    expect(fifth.get_by_role("status")).to_contain_text("you look for a team")
    site.manage(f"shell --command {shlex.quote(PLACED)}")
    fifth.reload()
    fifth.get_by_role("link", name="Open the page of the team").click()
    expect(fifth.locator("aside li")).to_have_count(5)

    # Two write: the first in time, the fifth a second too late, and all of it is said.
    fifth.get_by_role("link", name="Write the project").click()
    first.reload()
    first.get_by_role("link", name="Write the project").click()
    first.fill("#id_title_en", "Where the rain goes")
    first.fill("#id_data_used_en", "Sample data, CC BY 4.0")
    send(first)
    expect(first.get_by_role("status")).to_have_text("Saved.")
    site.manage(f"shell --command {shlex.quote(A_SECOND_LATER)}")
    fifth.fill("#id_title_en", "A title that came too late")
    send(fifth)
    expect(fifth.get_by_role("alert")).to_contain_text("Too late: this was not saved")
    expect(fifth.locator("#stands-heading + *")).to_have_text("Where the rain goes")
    expect(fifth.locator("#id_title_en")).to_have_value("A title that came too late")
    fifth.get_by_role("button", name="ភាសាខ្មែរ").click()
    expect(fifth.locator("#stands-heading")).to_have_text(in_khmer("What stands"))

    # What a machine finds of the pages that a team reads.
    looker = person(0, script=True)
    team = first.url.partition("?")[0]
    for address in (
        "/en/2024/hackathon/",
        MINE.format("km"),
        team,
        f"{team}project/",
        "/en/2024/hackathon/hall/?still=1",
    ):
        looker.goto(address)
        assert violations(looker) == [], address
        assert looker.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
