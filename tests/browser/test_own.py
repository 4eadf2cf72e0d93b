"""A person uses the forms of their own page: browsers say where a form comes from, which the test client does not."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import fill_in, in_khmer, send

pytestmark = pytest.mark.browser


@pytest.fixture
def own_page(new_page):
    page = new_page(locale="km")
    page.goto("/km/2024/register/")
    fill_in(page)
    send(page)
    page.click(".own-link")
    return page


def test_own_answers_are_changed_in_a_browser(own_page):
    own_page.goto("/km/registration/change/")
    own_page.fill("[name=organisation]", "អង្គការគំរូ")
    own_page.get_by_role("button", name=in_khmer("Save"), exact=True).click()
    expect(own_page.locator("main")).to_contain_text(in_khmer("Your change is saved."))
    expect(own_page.locator("main")).to_contain_text("អង្គការគំរូ")


def test_own_registration_is_cancelled_in_a_browser(own_page):
    own_page.get_by_role("link", name=in_khmer("Cancel my registration")).click()
    own_page.get_by_role("button", name=in_khmer("Yes, cancel it")).click()
    expect(own_page.locator("main")).to_contain_text(in_khmer("Your registration is cancelled."))
