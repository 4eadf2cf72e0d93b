"""Reading without a line: what was read on this phone opens, says as of when it is, and goes when it is removed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import LANGUAGES, fill_in, send
from tests.browser.visits import listen

pytestmark = pytest.mark.browser

IS_KEPT = "async (address) => Boolean(await caches.match(address))"
SAVED_ON = {
    "en": re.compile(r"saved on this phone on \d{1,2} [A-Z][a-z]+, \d{1,2}:\d\d"),
    "km": re.compile(r"រក្សាទុកក្នុងទូរសព្ទនេះ នៅថ្ងៃទី[០-៩]{1,2} ខែ[\u1780-\u17ff]+ ម៉ោង [០-៩]{1,2}៖?:?[០-៩]{2}"),
}
ALL_KEPT = """
    async () => {
        const found = [];
        for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys())
                found.push(await (await caches.match(request)).text());
        return found.join("");
    }
"""


def cut_the_line(page):
    """After more than the few seconds for which a browser shows a page again without asking."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)


@pytest.fixture
def reader(new_page):
    """Opens a page of the agenda for the first time, and waits until it is kept."""

    def open_page(address):
        page = new_page()
        page.goto(address)
        page.wait_for_function(IS_KEPT, arg=address)
        page.wait_for_function(IS_KEPT, arg=re.sub(r"^(/\w+/\d+/).*", r"\1saved/", address))
        return page

    return open_page


@pytest.mark.parametrize("language", LANGUAGES)
def test_second_visit_without_a_line_shows_the_agenda_and_as_of_when_it_is(reader, language):
    agenda = f"/{language}/2024/agenda/"
    page = reader(agenda)
    rows = page.locator(".row").count()
    page.goto(f"{agenda}now/?still=1")
    page.goto(f"{agenda}d1-03/")
    page.wait_for_function(IS_KEPT, arg=f"{agenda}d1-03/")
    expect(page.locator(".last-copy")).to_have_count(0)  # with a line it is as it is
    heard = listen(page)

    cut_the_line(page)
    page.goto(agenda)

    expect(page.locator(".last-copy")).to_have_text(SAVED_ON[language])
    assert page.locator(".row").count() == rows > 10
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.last-copy')).backgroundColor") != "rgba(0, 0, 0, 0)"
    )
    page.goto(f"{agenda}d1-03/")
    expect(page.locator(".last-copy")).to_be_visible()
    page.goto(f"{agenda}d1-08/")  # never read here
    expect(page.locator(".last-copy")).not_to_have_text(SAVED_ON[language])
    expect(page.locator("[data-list] a")).not_to_have_count(0)
    assert [one for one in heard if "policy" in one] == []
    page.context.set_offline(False)
    page.goto(agenda)
    expect(page.locator(".last-copy")).to_have_count(0)


def test_whole_agenda_is_saved_and_removed(reader):
    page = reader("/en/2024/agenda/")
    page.goto("/en/2024/saved/")
    page.click("[data-all]")
    expect(page.locator("[data-status]")).to_have_text(re.compile(r"Saved: (\d+) of \1 pages"))
    cut_the_line(page)
    page.goto("/en/2024/agenda/now/")
    expect(page.locator(".last-copy")).to_have_text(SAVED_ON["en"])
    page.goto("/en/2024/agenda/d2-06/")
    expect(page.locator(".last-copy")).to_have_text(SAVED_ON["en"])
    page.goto("/en/2024/saved/")
    page.click("[data-remove]")
    expect(page.locator("[data-none]")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    page.context.set_offline(False)
    page.goto("/en/2024/agenda/")
    page.goto("/en/2024/saved/")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_ticket_is_kept_only_when_its_owner_asks(reader):
    page = reader("/en/2024/agenda/")
    page.goto("/en/2024/register/")
    fill_in(page, access_note="CANARY-NOTE")
    send(page)
    page.click(".own-link")
    page.wait_for_url("**/registration/")
    code = page.locator(".ticket .code").first.inner_text()
    page.goto("/en/registration/ticket/")
    expect(page.locator("[data-ticket]")).to_be_visible()
    expect(page.locator("[data-remove]")).to_be_hidden()
    assert code not in page.evaluate(ALL_KEPT)

    page.click("[data-ticket]")
    expect(page.locator("[data-status]")).to_have_text("The ticket is saved on this phone.")
    kept = page.evaluate(ALL_KEPT)
    assert code in kept
    assert [word for word in ("CANARY-NOTE", "sign_language", "012 32 30 45") if word in kept] == []
    cut_the_line(page)
    page.goto("/en/registration/ticket/")
    expect(page.locator(".last-copy")).to_have_text(SAVED_ON["en"])
    expect(page.locator(".ticket .qr svg")).to_be_visible()
    page.context.set_offline(False)
    page.goto("/en/registration/")
    page.get_by_role("button", name="Leave this page on this phone").click()
    page.wait_for_url("**/left/")
    page.wait_for_function("async () => !(await caches.has('ticket'))")
    assert code not in page.evaluate(ALL_KEPT)
