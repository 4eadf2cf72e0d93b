"""My agenda in a browser: marked beside a session, kept in this browser, taken along by the links."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

AGENDA, MINE = "/en/2024/agenda/", "/en/2024/agenda/mine/"


def mark(page, code):
    page.locator(f"#{code} .mark").click()


def test_marked_sessions_are_kept_and_taken_along(new_page):
    page = new_page()
    page.goto(AGENDA)
    mark(page, "d2-06")
    mark(page, "d1-08")
    page.reload()
    expect(page.locator("#d1-08 .mark")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="In my agenda: Hacking Marathon")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="My agenda (2)").click()
    page.wait_for_url(f"**{MINE}?mine=d1-08.d2-06")
    page.goto(AGENDA)
    mark(page, "d1-08")
    page.goto(MINE)  # without an address of its own the page opens what is kept
    page.wait_for_url(f"**{MINE}?mine=d2-06")


def test_agenda_of_another_person_is_kept_only_when_asked(new_page):
    page = new_page()
    page.goto(AGENDA)
    mark(page, "d2-06")
    page.goto(f"{MINE}?mine=d1-08")
    expect(page.locator("#d1-08")).to_be_visible()
    page.goto(AGENDA)
    expect(page.locator("[data-mine]")).to_have_text("My agenda (1)")
    expect(page.locator("#d2-06 .mark")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{MINE}?mine=d1-08")
    page.get_by_role("button", name="Keep this as my agenda in this browser").click()
    expect(page.get_by_role("status")).to_have_text("It is kept in this browser.")
    page.goto(AGENDA)
    expect(page.locator("#d1-08 .mark")).to_have_attribute("aria-pressed", "true")


def test_ticks_without_script_are_enough(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(MINE)
    page.get_by_label("Hacking Marathon").check()
    page.get_by_label("Welcoming Remark").check()
    page.get_by_role("button", name="Show my agenda").click()
    page.wait_for_url(f"**{MINE}?mine=d1-03.d2-06")
