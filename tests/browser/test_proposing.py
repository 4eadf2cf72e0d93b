"""From a proposal to the published agenda: on a telephone, without JavaScript, by keyboard, in both languages."""

from functools import partial

import pytest
from playwright.sync_api import expect

from tests.browser.keys import fits, press, said_in, seen
from tests.browser.pages import LANGUAGES, SHOWN_LONG_AGO
from tests.factories import shown_long_ago

pytestmark = pytest.mark.browser

NAME = {"en": "SAMPLE Speaker", "km": "គំរូ វាគ្មិន"}
TITLE = {"en": "Sample talk", "km": "បទបង្ហាញគំរូ"}


def write(page, name, text):
    field = page.locator(f"[name={name}]")
    field.focus()
    page.keyboard.insert_text(text)


def tick(page, name, value):
    page.locator(f"[name={name}][value='{value}']").press("Space")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proposal_comes_into_the_published_agenda(new_page, calls, language):
    title, name = seen(TITLE[language]), seen(NAME[language])

    say = partial(said_in, language)
    page = new_page(base_url=calls.url, java_script_enabled=False, locale=language)

    page.goto(f"/{language}/{calls.call}")
    assert fits(page)
    press(page, "link", say("Propose a talk"))
    write(page, f"title_{language}", TITLE[language])
    write(page, f"summary_{language}", TITLE[language])
    tick(page, "spoken", language)
    write(page, {"en": "name_latin", "km": "name_km"}[language], NAME[language])
    write(page, "phone", "012 000 111")
    press(page, "button", say("Send the proposal"))  # without the agreement, and in no time
    expect(page.locator("#error-summary, .error-summary").first).to_be_visible()
    assert fits(page)
    page.locator("[name=data_use]").press("Space")
    page.evaluate(SHOWN_LONG_AGO, shown_long_ago())
    press(page, "button", say("Send the proposal"))
    expect(page.locator("h1")).to_have_text(say("My proposal"))
    assert fits(page)
    own = page.url

    for token in calls.reviewers:
        page.goto(f"/{language}/review/{token}/")
        page.locator("main a.go", has_text=title).press("Enter")
        expect(page.locator("main")).not_to_contain_text(name)
        for criterion in page.locator("fieldset").all():
            criterion.locator("input[value='4']").press("Space")
        press(page, "button", say("Save my review"))
        expect(page.locator("main")).to_contain_text(say("Your review is saved. You can still change it."))
        assert fits(page)

    staff = new_page(base_url=calls.url, java_script_enabled=False, viewport={"width": 360, "height": 740})
    staff.context.add_cookies(
        [
            {"name": "session", "value": calls.session, "url": calls.url},
            {"name": "language", "value": language, "url": calls.url},
        ]
    )
    staff.goto("/admin/contributions/proposal/?edition=2024&state__exact=received")
    staff.get_by_role("link", name=title).first.press("Enter")
    expect(staff.locator("#content")).not_to_contain_text(name)
    tick(staff, "state", "accepted")
    staff.locator("[name=topic]").select_option(index=1)
    press(staff, "button", say("Decide"))
    expect(staff.locator("#content")).to_contain_text(name)
    expect(staff.locator(".letter")).to_contain_text(f"/{language}/proposal/{own.split('/')[-2]}/")

    page.goto(own)
    press(page, "link", say("Say whether you come"))
    press(page, "button", say("Yes, I speak"))
    expect(page.locator("main")).to_contain_text(say("You have confirmed: you come. Thank you!"))
    page.goto(f"/{language}/{calls.theme}")
    expect(page.locator("main")).not_to_contain_text(title)

    staff.goto("/admin/agenda/programmeversion/publish/2024/")
    press(staff, "button", say("Publish"))
    staff.wait_for_load_state()
    staff.goto(f"/{language}/{calls.theme}")  # staff see the live page at once
    expect(staff.locator("main")).to_contain_text(title)
    # The next language proposes for the same topic.
    staff.goto("/admin/contributions/proposal/?edition=2024&state__exact=accepted")
    staff.get_by_role("link", name=title).first.press("Enter")
    tick(staff, "state", "waiting")
    press(staff, "button", say("Decide"))
