"""The hackathon from the making of a team to what each team reads of its judges, once in each language: by keyboard,
on a telephone, without script but for one judge who has no line for ten minutes.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.pages import LANGUAGES, SHOWN_LONG_AGO, in_khmer
from tests.browser.visits import PHONE
from tests.factories import shown_long_ago

pytestmark = pytest.mark.browser

# By team: the one that is made here is the best, and two are as good as each other.
MARKS = {1: 2, 2: 4, 3: 4, 4: 5}
RANKED = ["Sample Rice", "Sample 3", "Sample 2", "Sample 1"]  # as staff decide the tie
# What was saved came exactly one second before the deadline.
A_SECOND_LATER = """
    UPDATE hackathon_hackathon SET deadline = (
        SELECT strftime('%Y-%m-%d %H:%M:%S', saved_at, '+1 second') || substr(saved_at, 20)
        FROM hackathon_submission JOIN hackathon_team ON hackathon_team.id = team_id WHERE number = 4
    )
"""


class Screen:
    """A telephone without script, of a person who uses the keyboard alone."""

    def __init__(self, browser, site, language, *, script=False):
        self.context = browser.new_context(base_url=site.url, viewport=PHONE, java_script_enabled=script)
        self.context.set_default_timeout(20_000)
        self.page, self.language = self.context.new_page(), language
        self.find = self.page.locator

    def words(self, text):
        return in_khmer(text) if self.language == "km" else text

    def open(self, address):
        self.page.goto(address.replace("/en/", f"/{self.language}/", 1))
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], self.page.url

    def go(self, text):
        """A link, or a button that is one with its form."""
        link = self.page.get_by_role("link", name=self.words(text), exact=True)
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            link.press("Enter")

    def choose(self, name, *values):
        for fold in self.find(f"details:not([open]):has([name={name}]) > summary").all():
            fold.press("Enter")
        for value in values:
            self.find(f"[name={name}][value='{value}']").press("Space")

    def fill(self, field, text):
        """Letter by letter where it matters to none: the field takes them at once, as from a keyboard of syllables."""
        self.find(field).focus()
        self.page.keyboard.insert_text(text)

    def send(self, button="main form [type=submit]"):
        self.page.evaluate(SHOWN_LONG_AGO, shown_long_ago())
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.find(button).first.press("Enter")

    def unfold(self, team):
        for fold in self.find(f"#t{team}:not([open]) > summary").all():
            fold.press("Enter")

    def mark(self, team, value, *, criteria=2):
        self.unfold(team)
        for marks in self.find(f"#t{team} fieldset").all()[:criteria]:
            marks.locator(f"input[value='{value}']").press("Space")


@pytest.mark.parametrize("language", LANGUAGES)
def test_hackathon_from_the_first_team_to_the_words_of_the_judges(browser, hackathon_site, language):
    site = hackathon_site()
    screens = []

    def screen(address, **options):
        screens.append(Screen(browser, site, language, **options))
        if address:
            screens[-1].open(address)
        return screens[-1]

    staff = screen("")
    cookies = {"session": site.session, "language": language}
    staff.context.add_cookies([{"name": name, "value": value, "url": site.url} for name, value in cookies.items()])

    first, fifth = teams_are_made(screen, site, staff)
    a_second_before_and_a_second_after(first, fifth, site)
    judges_judge(screen, site)
    staff_decide_and_publish(staff, site)
    each_team_reads_its_own_words(screen, site, fifth)
    what_a_machine_finds(screen, site, fifth)
    for one in screens:
        one.context.close()


def teams_are_made(screen, site, staff):
    """The first makes a team, three more from two other provinces join by its code; a fifth is alone and is placed."""
    first = screen(site.people[0])
    first.go("Take part in the hackathon")
    first.choose("wish", "make")
    first.choose("spoken", "km")
    first.fill("#id_name", "Sample Rice")
    with first.page.expect_navigation():
        first.page.keyboard.press("Enter")
    first.go("Open the page of the team")
    code = first.find("aside strong [aria-hidden]").inner_text()
    for turn in (1, 2, 3):
        member = screen(site.people[turn])
        member.open("/en/hackathon/mine/")
        member.choose("wish", "join")
        member.choose("spoken", "km")
        member.fill("#id_code", code.lower())
        member.send()
        expect(member.page.get_by_role("link", name=member.words("Open the page of the team"))).to_be_visible()
    fifth = screen(site.people[4])
    fifth.open("/en/hackathon/mine/")
    fifth.choose("wish", "place")
    fifth.choose("spoken", "km")
    fifth.send()
    expect(fifth.find("main [role=status]")).to_be_visible()

    # This team is suggested first: with the others the fifth shares no language.
    staff.page.goto(f"/admin/hackathon/hackathon/{site.number}/teams/")
    with staff.page.expect_navigation():
        staff.page.locator("button[name=put]", has_text="Sample Rice").press("Enter")
    fifth.page.reload()
    fifth.go("Open the page of the team")
    expect(fifth.find("aside li")).to_have_count(5)
    return first, fifth


def a_second_before_and_a_second_after(first, fifth, site):
    fifth.go("Write the project")
    first.go("Write the project")
    first.fill("#id_title_en", "Where the rain goes")
    first.fill("#id_data_used_en", "Sample data, CC BY 4.0")
    first.send()
    expect(first.find("main [role=status]")).to_have_text(first.words("Saved."))
    site.sql(A_SECOND_LATER)
    fifth.page.wait_for_timeout(1000)  # one second after what was saved, and one more
    fifth.page.wait_for_timeout(1000)
    fifth.fill("#id_title_en", "A title that came too late")
    fifth.send()
    expect(fifth.find("[role=alert] h2")).to_have_text(fifth.words("Too late: this was not saved"))
    expect(fifth.find("#stands-heading + *")).to_contain_text("Where the rain goes")
    expect(fifth.find("#id_title_en")).to_have_value("A title that came too late")


def judges_judge(screen, site):
    offline, kept_out, leaver, *others = site.judges

    # The first judge has script, and no line for ten minutes: nothing is lost, and all is said.
    far = screen(offline, script=True)
    far.page.clock.install()
    far.context.set_offline(True)
    for team, value in MARKS.items():
        far.mark(team, value)
        far.fill(f"#t{team}-words", f"Words for team {team}")
        far.find(f"#t{team} [name=save]").press("Enter")
    far.page.wait_for_selector("[data-line=lost]:not([hidden])")
    far.page.clock.fast_forward("10:00")
    far.context.set_offline(False)
    far.page.evaluate("window.dispatchEvent(new Event('online'))")
    far.page.wait_for_selector("[data-line=sent]:not([hidden])")

    # The second has a conflict with the team that was made here.
    second = screen(kept_out)
    second.unfold(4)
    second.send("#t4 [name=conflict]")
    second.fill("#id_reason", "Sample relation")
    second.send()
    assert second.find("#t4 fieldset").count() == 0
    # The third leaves half way: two teams, and one mark of the next.
    third = screen(leaver)
    for team, criteria in ((1, 2), (2, 2), (3, 1)):
        third.mark(team, MARKS[team], criteria=criteria)
    third.send("#t3 [name=save]")
    assert third.find("#t3 input:checked").count() == 1
    for one, teams in [(second, (1, 2, 3)), *((screen(judge), MARKS) for judge in others)]:
        for team in teams:
            one.mark(team, MARKS[team])
        one.send(f"#t{team} [name=save]")
        expect(one.find("main")).to_contain_text(one.words("You have given all marks. Thank you."))


def staff_decide_and_publish(staff, site):
    """Teams 2 and 3 are tied for the second place: staff put 3 before 2, say why, and publish."""
    staff.page.goto(f"/admin/hackathon/judge/of/{site.number}/result/")
    of_two, of_three = staff.find(".own-page select").all()
    of_two.press("ArrowDown")
    of_three.press("ArrowUp")
    staff.fill("[name$=reason]", "Sample reason")
    with staff.page.expect_navigation():
        staff.page.keyboard.press("Enter")
    expect(staff.find(".own-page")).to_contain_text("Sample reason")
    for row, name in zip(staff.find(".own-page tbody th").all(), RANKED, strict=True):
        expect(row).to_contain_text(name)
    with staff.page.expect_navigation():
        staff.find("button[name=publish]").press("Enter")


def each_team_reads_its_own_words(screen, site, fifth):
    public = screen("/en/2024/hackathon/")
    assert "Words for team" not in public.page.content()
    expect(public.find("section:has(#winners-heading) h3")).to_have_text(
        [public.words(award) for award in ("First award", "Second award", "Third award")]
    )
    for winner, name in zip(public.find("section:has(#winners-heading) .lead").all(), RANKED[:3], strict=True):
        expect(winner).to_contain_text(name)

    fifth.open(fifth.page.url.split("project/")[0])
    readers = {4: fifth} | {number: screen(address) for number, address in zip((1, 2, 3), site.teams, strict=True)}
    for number, reader in readers.items():
        expect(reader.find("section:has(#judges-heading) .note")).to_have_text([f"Words for team {number}"])
        assert not any(f"Words for team {other}" in reader.page.content() for other in MARKS if other != number)
    stranger = screen("")
    assert stranger.page.goto(f"{site.teams[0][:-2]}/").status == 404
    assert "Words for team" not in stranger.page.content()


def what_a_machine_finds(screen, site, fifth):
    looker = screen("", script=True)
    team = fifth.page.url
    pages = ["/en/2024/hackathon/", site.people[4], "/en/hackathon/mine/", team, f"{team}project/", site.judges[0]]
    for address in (*pages, "/en/2024/hackathon/hall/?still=1"):
        looker.open(address)
        looker.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert violations(looker.page) == [], address
