"""A judge on a telephone: while there is no line, without script, by keyboard, in both languages."""

from pathlib import Path

import pytest

from tests.browser import axe
from tests.browser.conftest import filled_site
from tests.browser.pages import LANGUAGES

pytestmark = pytest.mark.browser
ROWS = Path(__file__).with_name("judges.py")
NARROW = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def judges(tmp_path_factory, worker_id):
    """Of the first morning: the address of the site, and the tokens of five judges."""
    with filled_site(tmp_path_factory, worker_id, "judging", ROWS) as (url, said):
        yield url, said.split()


def mark(page, team, value):
    for field in page.locator(f"#t{team} fieldset").all():
        field.locator(f"input[value='{value}']").check(force=True)


def given(page, team):
    return [field.get_attribute("value") for field in page.locator(f"#t{team} input:checked").all()]


def test_marks_given_without_a_line_arrive_when_it_is_back(new_page, judges):
    url, (token, *_others) = judges
    page = new_page(base_url=url, viewport=NARROW)
    page.goto(f"/en/hackathon/judge/{token}/")
    page.context.set_offline(True)
    mark(page, 1, 4)
    page.fill("#t1-words", "Sample words")
    page.locator("#t1 [name=save]").click()
    page.wait_for_selector("[data-line=lost]:not([hidden])")
    assert page.locator("#t2[open]").count() == 1  # the judge goes on with the next team
    mark(page, 2, 3)
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_selector("[data-line=sent]:not([hidden])")

    elsewhere = new_page(base_url=url, viewport=NARROW, java_script_enabled=False)
    elsewhere.goto(f"/en/hackathon/judge/{token}/")
    assert [given(elsewhere, team) for team in (1, 2, 3)] == [["4", "4"], ["3", "3"], []]
    assert elsewhere.input_value("#t1-words") == "Sample words"


def test_a_page_that_is_closed_without_a_line_brings_back_what_was_given(new_page, judges):
    url, (_first, token, *_others) = judges
    page = new_page(base_url=url, viewport=NARROW)
    page.goto(f"/en/hackathon/judge/{token}/")
    page.context.set_offline(True)
    mark(page, 1, 5)
    page.locator("#t1 [name=save]").click()
    page.wait_for_selector("[data-line=lost]:not([hidden])")
    context = page.context
    page.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto(f"/km/hackathon/judge/{token}/")
    page.wait_for_selector("[data-line=sent]:not([hidden])")
    page.reload()

    assert given(page, 1) == ["5", "5"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_by_keyboard_on_a_narrow_screen(new_page, judges, language):
    url, tokens = judges
    page = new_page(base_url=url, viewport=NARROW, java_script_enabled=False)
    page.goto(f"/{language}/hackathon/judge/{tokens[2 + LANGUAGES.index(language)]}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    for field in page.locator("#t1 fieldset").all():
        field.locator("input").first.focus()
        page.keyboard.press("ArrowRight")
    page.locator("#t1 [name=save]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert given(page, 1) == ["2", "2"]
    assert page.locator("#t2[open]").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_page_of_a_judge(new_page, judges, language):
    url, (*_others, token) = judges
    page = new_page(base_url=url, viewport=NARROW)
    page.goto(f"/{language}/hackathon/judge/{token}/")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    assert axe.violations(page) == []


def test_two_tabs_without_a_line_lose_no_words_of_each_other(new_page, judges):
    url, (*_others, token) = judges
    first = new_page(base_url=url, viewport=NARROW)
    second = first.context.new_page()
    for page in (first, second):
        page.goto(f"/en/hackathon/judge/{token}/")
    first.context.set_offline(True)
    for page, words in ((first, "Words of the first tab"), (second, "Words of the second tab")):
        page.fill("#t1-words", words)
        page.wait_for_timeout(10)
    first.close()
    second.context.set_offline(False)
    second.evaluate("window.dispatchEvent(new Event('online'))")
    second.wait_for_selector("[data-line=sent]:not([hidden])")

    again = second.context.new_page()  # sends what the tab that was closed has left
    again.goto(f"/en/hackathon/judge/{token}/")
    again.wait_for_selector("[data-line=both]:not([hidden])")

    assert again.input_value("#t1-words") == "Words of the first tab\n\nWords of the second tab"
