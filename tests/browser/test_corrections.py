"""Twenty people sign up: some go back and correct, some share a telephone. None is lost, and none is doubled."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import choose, send

pytestmark = pytest.mark.browser

REGISTER = "/en/2024/register/"
GROUP = "Group of twenty"
NEED = "A route without steps, and space for a wheelchair"
ALONE = [f"KEO {name}" for name in ("Bopha", "Chan", "Dara", "Kanha", "Leap", "Mony", "Nary", "Phally", "Rith", "Sok")]
COUPLES = [("CHEA Sophal", "CHEA Thida"), ("MEAS Vanna", "NUON Yada")]  # each on one telephone
FAMILY = ["UNG Borey", "UNG Chantha", "UNG Devi", "UNG Kosal", "UNG Malis", "UNG Ratha"]


# In one go: twenty people fill in ten fields each.
FILL_IN = """([name, phone, group]) => {
    const set = (id, value) => { document.getElementById(id).value = value; };
    const tick = selector => { document.querySelector(selector).checked = true; };
    if (document.getElementById("id_phone")) {
        set("id_name_latin", name); set("id_phone", phone); tick("[name=adult][value=yes]");
    } else if (document.getElementById("id_sector")) {
        set("id_organisation", group); set("id_sector", "community"); tick("[name=part][value=participant]");
        tick("[name=days]"); tick("[name=languages][value=km]");
    } else {
        set("id_province", "12"); tick("#id_data_use");
    }
}"""


def sign_up(page, name, phone):
    for _page in range(3):
        page.wait_for_load_state()  # after a link, the end of the form may still be on its way
        page.evaluate(FILL_IN, [name, phone, GROUP])
        send(page)
    page.wait_for_url("**/register/thanks/")
    return page.locator(".code").first.inner_text()


def correct(page, number, how):
    """The browser's Back brings the last page with its answers, and its button Back those before it."""
    page.go_back()
    page.wait_for_url("**page=3")
    for _page in range(3 - number):
        with page.expect_navigation():
            page.click("[name=back]")
    page.wait_for_load_state()
    how(page)
    for _page in range(4 - number):
        send(page)


def another_day(page):
    page.locator("[name=days]").first.uncheck()
    page.locator("[name=days]").last.check()


def need(page):
    choose(page, "needs_anything", "yes")
    choose(page, "access_needs", "step_free")


# On which page, and what.
CORRECTIONS = {
    "KEO Bopha": (2, another_day),
    "KEO Chan": (3, need),
    "KEO Dara": (3, lambda page: choose(page, "photos", "no")),
    "KEO Kanha": (1, lambda page: page.fill("#id_phone", "012 000 199")),
    "KEO Leap": (1, lambda page: page.fill("#id_name_latin", "KEO Leapheng")),
}
ASKED = ["KEO Kanha", "KEO Leap"]  # a telephone, or a name, that was typed wrong: it may be another person
CORRECTED = {
    "KEO Bopha": "March 27, 2024",
    "KEO Chan": NEED,
    "KEO Dara": "photos and film Answer no Version",
    "KEO Kanha": "012 000 199",
    "KEO Leap": "KEO Leapheng",
}


def test_twenty_people_are_twenty_registrations_with_what_each_said_last(new_page, staff_cookies):
    page = new_page()
    for number, name in enumerate(ALONE):
        phone = f"012 000 1{number:02}"
        page.context.clear_cookies()  # a visitor who has never been here
        page.goto(REGISTER)
        code = sign_up(page, name, phone)
        if name in CORRECTIONS:
            correct(page, *CORRECTIONS[name])
            if name in ASKED:
                page.locator(f"button[value='{code}']").click()
            expect_corrected(page, code, CORRECTED[name])
    for number, people in enumerate([*COUPLES, FAMILY]):
        page.context.clear_cookies()
        page.goto(REGISTER)
        for name in people:
            sign_up(page, name, f"012 000 20{number}")
            page.get_by_role("link", name="Sign up another person").click()
    expect_listed(new_page(storage_state=staff_cookies), 20)


def expect_corrected(page, code, words):
    page.wait_for_url("**/register/thanks/")
    assert page.locator(".code").first.inner_text() == code
    page.click(".own-link")
    page.goto("/en/registration/data/")
    expect(page.locator("main")).to_contain_text(words)


def expect_listed(page, number):
    page.goto(f"/admin/registration/registration/?q={GROUP}")
    expect(page.locator("#result_list tbody tr")).to_have_count(number)
