"""What staff do most, counted: how many clicks it takes, and how many pages are loaded. A click more fails."""

import time
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


class Hand:
    """Presses and types as a person does, and counts."""

    def __init__(self, page, site):
        self.page, self.clicks, self.loads = page, 0, 0
        page.context.add_cookies(
            [
                {"name": "session", "value": site.sessions[0], "url": site.url},
                {"name": "language", "value": "en", "url": site.url},
            ]
        )
        page.on("domcontentloaded", self._loaded)

    def _loaded(self, _page):
        self.loads += 1

    def begin(self, address="/admin/"):
        self.page.goto(address)
        self.clicks = self.loads = 0

    def click(self, what):
        self.clicks += 1
        (self.page.locator(what) if isinstance(what, str) else what).first.click()

    def link(self, words):
        self.click(self.page.get_by_role("link", name=words, exact=True))

    def button(self, words):
        self.click(self.page.get_by_role("button", name=words, exact=True))

    def choose(self, what, **choice):
        """A list that opens is one click, and its line another."""
        self.clicks += 2
        self.page.locator(what).select_option(**choice)


@pytest.fixture
def hand(new_page, busy_site):
    return Hand(new_page(base_url=busy_site.url, viewport={"width": 1280, "height": 900}), busy_site)


def test_paper_list_of_75_is_entered_in_two_minutes(hand):
    page, began = hand.page, time.monotonic()
    hand.begin()

    hand.click("a[href^='/admin/desk/']")
    hand.link("Enter the paper list")
    page.fill("#numbers", "1-70, 72-75")
    hand.button("Tick these numbers")
    hand.button("Save: these people were there")

    expect(page.locator("text=74 people are noted as there.")).to_be_visible()
    assert hand.clicks <= 6
    assert hand.loads <= 5
    assert time.monotonic() - began < 60  # a person types a line meanwhile


def test_journeys_of_20_are_decided_in_25_clicks(hand):
    page = hand.page
    hand.begin()

    hand.link("Travel requests")
    hand.click("#action-toggle")
    hand.choose("select[name=action]", value="decide_each")
    hand.click("button[name=index]")
    hand.click("button.default")

    expect(page.locator("text=Done for 20 people.")).to_be_visible()
    assert hand.clicks <= 25
    assert hand.loads <= 6


def test_colleague_has_an_account_in_5_clicks_and_no_password_is_told(hand):
    page = hand.page
    hand.begin("/admin/auth/user/add/")  # which "Users", "Add" leads to

    page.fill("#id_username", "sample-colleague")
    hand.click("input[name=usable_password][value=false]")
    hand.click("input[name=_save]")
    hand.click("a[href*='new-link']")
    hand.click("input[type=submit][value='Yes, make a link']")

    expect(page.locator(".words")).to_contain_text("/admin/new-password/")
    assert hand.clicks <= 5
    assert hand.loads <= 4


def test_question_of_ones_own_is_added_and_its_answers_taken_in_12_clicks(hand):
    page = hand.page
    hand.begin()

    hand.click("a[href='/admin/registration/extraquestion/add/']")
    page.fill("#id_label_en", "Which newspaper do you read?")
    page.fill("#id_label_km", "តើអ្នកអានកាសែតអ្វី?")
    hand.click("input[name=kind][value=text]")
    hand.click("input[name=page] >> nth=0")
    hand.click("input[name=_save]")
    a_person_answers(page.context.new_page(), "Sample Daily")
    page.goto("/admin/")
    hand.click("a[href^='/admin/registration/registration/lists/']")
    with page.expect_download() as taken:
        hand.click("a[href*='lists/further-questions.xlsx']")

    sheet = load_workbook(BytesIO(taken.value.path().read_bytes())).worksheets[0]
    assert sheet.cell(1, sheet.max_column).value == "Which newspaper do you read?"
    assert "Sample Daily" in [row[-1].value for row in sheet.iter_rows()]
    assert hand.clicks <= 12


def a_person_answers(page, words):
    """On the telephone: it is no click of those who want the answers."""
    page.goto("/admin/registration/registration/?q=SAMPLE+Person+74")
    page.locator("#result_list tbody th a").first.click()
    page.locator("a[href$='/further/']").click()
    page.fill("input[name^=extra_]", words)
    page.locator("main form button, #content form button").first.click()
    page.wait_for_url("**/change/")
    page.close()
