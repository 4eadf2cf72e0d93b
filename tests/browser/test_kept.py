"""What is typed survives a reload and a broken line, in this tab alone, and nothing sensitive is kept."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import (
    choose,
    come_to,
    fill_in,
    fill_in_needs,
    fill_in_others,
    fill_in_taking_part,
    fill_in_who,
    send,
)

pytestmark = pytest.mark.browser

REGISTER = "/en/2024/register/"
OTHERS = "/en/2024/register/others/"
NOTE = "CANARY-NOTE"


@pytest.fixture
def form(new_page):
    page = new_page()
    page.goto(REGISTER)
    return page


def storage(page):
    return page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")


def expect_names_and_contacts(page):
    expect(page.locator("#id_name_km")).to_have_value("សុខ ដារ៉ា")
    expect(page.locator("#id_phone")).to_have_value("០១២ ៣២ ៣០ ៤៥")


def expect_taking_part(page):
    expect(page.locator("#id_sector")).to_have_value("community")
    for day in page.locator("[name=days]").all():
        expect(day).to_be_checked()


def test_what_was_typed_is_there_after_a_reload_of_each_page(form):
    fill_in_who(form)
    form.reload()
    expect_names_and_contacts(form)
    expect(form.locator("#kept")).to_be_visible()
    come_to(form, 2)
    fill_in_taking_part(form)
    form.reload()
    expect_taking_part(form)
    choose(form, "languages", "km")
    send(form)
    form.select_option("#id_province", "02")
    form.reload()
    expect(form.locator("#id_province")).to_have_value("02")


def test_what_was_typed_is_there_after_the_line_broke(form):
    fill_in_who(form)
    form.context.set_offline(True)
    form.click("main form [type=submit]")
    form.wait_for_url("chrome-error://**")
    form.context.set_offline(False)
    form.goto(REGISTER)
    expect_names_and_contacts(form)


def test_last_page_is_there_after_the_line_broke(form):
    fill_in(form)
    address = form.url
    form.context.set_offline(True)
    form.click("main form [type=submit]")
    form.wait_for_url("chrome-error://**")
    form.context.set_offline(False)
    form.goto(address)
    expect(form.locator("#id_province")).to_have_value("02")
    form.click("[name=back]")
    expect_taking_part(form)


def test_form_sent_again_after_the_answer_was_lost_registers_once(form):
    fill_in_who(form, name_km="ចាន់ បូផា")
    token = form.locator("[name=form_token]").input_value()
    form.reload()
    expect(form.locator("[name=form_token]")).to_have_value(token)
    come_to(form, 3)
    expect(form.locator("[name=form_token]")).to_have_value(token)


def test_nothing_sensitive_is_kept_in_the_browser(form):
    fill_in_who(form)
    choose(form, "adult", "no")
    form.fill("#id_guardian_name", NOTE)
    choose(form, "adult", "yes")
    send(form)
    form.wait_for_url("**page=2")
    fill_in_taking_part(form)
    form.fill("#id_organisation", "Sample Organisation")
    send(form)
    form.wait_for_url("**page=3")
    fill_in_needs(form, access_note=NOTE)
    choose(form, "food", "allergy")
    form.fill("#id_food_note", NOTE)
    form.locator(".if-travel summary").click()
    form.fill("#id_emergency_name", NOTE)
    form.fill("#id_name_on_id", NOTE)
    kept = storage(form)
    assert "Sample Organisation" in kept
    assert [word for word in (NOTE, "allergy", "sign_language", "needs_travel", "adult") if word in kept] == []
    assert [word for word in (NOTE, "Sample", "12323045") if word in form.url] == []
    form.reload()
    expect(form.locator("#id_access_note")).to_have_value("")


def test_nothing_is_kept_once_the_form_is_sent(form):
    fill_in(form)
    send(form)
    form.wait_for_url("**/register/thanks/")
    assert storage(form) == "{}{}"
    form.goto(REGISTER)
    expect(form.locator("#id_name_km")).to_have_value("")
    expect(form.locator("#kept")).to_be_hidden()


@pytest.mark.parametrize("number", [1, 3])
def test_forgetting_empties_the_form_the_browser_and_the_server(form, number):
    come_to(form, number)
    address = form.url
    form.locator("[name=name_km], #id_access_note").first.fill(NOTE) if number == 1 else choose(form, "photos", "no")
    form.locator("#kept button").click()
    form.wait_for_url(f"**{REGISTER}?form=*")
    expect(form.locator("#kept")).to_be_hidden()
    expect(form.locator("#id_name_km")).to_have_value("")
    assert storage(form) == "{}{}"
    form.goto(address)
    expect(form.locator("#id_name_km")).to_have_value("")


def test_nothing_is_brought_back_after_a_day(form):
    fill_in_who(form)
    form.evaluate("""() => {
        const [key, kept] = Object.entries(sessionStorage)[0];
        sessionStorage.setItem(key, JSON.stringify({...JSON.parse(kept), since: Date.now() - 25 * 3600 * 1000}));
    }""")
    form.reload()
    expect(form.locator("#id_name_km")).to_have_value("")
    assert storage(form) == "{}{}"


def test_form_that_was_begun_is_offered_where_its_page_was_closed(form):
    come_to(form, 2)
    tab = form.context.new_page()
    tab.goto(REGISTER)
    expect(tab.locator("#id_name_km")).to_have_value("")
    tab.get_by_role("link", name="Go on with it").click()
    tab.wait_for_url("**page=2")
    tab.click("[name=back]")
    expect_names_and_contacts(tab)


def test_answer_to_what_was_sent_is_not_overwritten(form):
    fill_in_who(form)
    form.fill("#id_phone", "")
    form.fill("#id_name_latin", "SOK Dara Sample")
    send(form)
    expect(form.locator("#error-summary a")).to_have_count(1)
    expect(form.locator("#id_name_latin")).to_have_value("SOK Dara Sample")
    assert "SOK Dara Sample" in storage(form)


def test_people_of_a_helper_come_back_with_their_rows(new_page):
    page = new_page()
    page.goto(OTHERS)
    fill_in_others(page)
    page.get_by_role("button", name="Add one more person").click()
    expect(page.locator("#person-2")).to_be_focused()
    page.fill("#id_person-2-name_latin", "SOK Sample")
    page.goto(REGISTER)
    page.goto(OTHERS)
    expect(page.locator("#id_person-2-name_latin")).to_have_value("SOK Sample")
    expect(page.locator("#id_person-1-through_helper")).to_be_checked()
    expect(page.locator("#id_helper_name")).to_have_value("សុខ ដារ៉ា")


@pytest.mark.parametrize(("address", "field"), [(REGISTER, "#id_name_latin"), (OTHERS, "#id_organisation")])
def test_enter_in_a_field_sends_the_form(new_page, address, field):
    page = new_page()
    page.goto(address)
    page.press(field, "Enter")
    page.wait_for_selector("#error-summary")
    assert page.url.partition("?")[0].endswith(address)


def test_without_script_people_are_added_removed_and_signed_up(new_page):
    page = new_page(java_script_enabled=False)
    page.goto(OTHERS)
    expect(page.locator("#kept")).to_be_hidden()
    fill_in_others(page)
    page.get_by_role("button", name="Add five more people").click()
    page.get_by_role("button", name="Remove person 4").click()
    expect(page.locator("[name=person]")).to_have_count(5)
    page.fill("#id_person-5-name_latin", "SOK Sample")
    choose(page, "person-5-adult", "yes")
    page.fill("#id_person-5-phone", "012 000 001")
    send(page)
    page.wait_for_url("**/others/thanks/")
    expect(page.locator(".slip")).to_have_count(2)
    assert re.fullmatch("[0-9A-Z]{3}-[0-9A-Z]{4}", page.locator(".code").first.inner_text())
