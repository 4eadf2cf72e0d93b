"""A person signs up in Khmer on a small screen, and the staff find and export them."""

import csv
import re
import zipfile
from codecs import BOM_UTF8
from dataclasses import dataclass
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.pages import choose, come_to, fill_in, in_khmer, send

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 800}
PHONE = "+855 12 323 045"
ACCESS_NOTE = "ខ្ញុំពាក់ឧបករណ៍ជំនួយការស្តាប់"
GROUP_WORDS = "ក្រុមស្រីច្នៃប្រឌិត"
SENSITIVE = [
    *(ACCESS_NOTE, "sign_language", "Cambodian Sign Language", "A seat near the front"),
    *(GROUP_WORDS, "indigenous", "Indigenous people", "Woman"),
]

with_and_without_script = pytest.mark.parametrize("script", [False, True], ids=["no script", "script"])


@pytest.fixture
def form(new_page, script):
    return open_form(new_page, script)


@pytest.fixture
def registered(form):
    sign_up(form)
    return form


def open_form(new_page, script):
    page = new_page(java_script_enabled=script, locale="km")
    page.goto("/km/2024/register/")
    return page


def sign_up(page, **answers):
    fill_in(page, **answers)
    send(page)
    page.wait_for_url("**/km/2024/register/thanks/")


def reference_number(page):
    return page.locator(".code").first.inner_text()


def answer_about_participants(page):
    page.get_by_role("link", name=in_khmer("Yes, answer")).click()
    choose(page, "gender", "woman")
    choose(page, "age_band", "18-30")
    choose(page, "groups", "indigenous", "another")
    page.fill("#id_groups_words", GROUP_WORDS)
    send(page)
    page.wait_for_url("**/km/2024/register/thanks/")


def skip_about_participants(page):
    page.get_by_role("link", name=in_khmer("Yes, answer")).click()
    page.get_by_role("link", name=in_khmer("Skip"), exact=True).click()
    page.wait_for_url("**/km/2024/register/thanks/")


@with_and_without_script
def test_a_participant_signs_up_in_khmer_and_gets_a_number(registered):
    expect(registered.get_by_role("heading", level=1)).to_have_text(in_khmer("Thank you"))
    assert re.fullmatch("[0-9A-Z]{3}-[0-9A-Z]{4}", reference_number(registered))


@with_and_without_script
def test_the_questions_about_participants_can_be_answered(registered):
    answer_about_participants(registered)
    expect(registered.locator("main")).to_contain_text(in_khmer("Thank you for your answers."))


@with_and_without_script
def test_the_questions_about_participants_can_be_skipped(registered):
    skip_about_participants(registered)
    expect(registered.get_by_role("link", name=in_khmer("Yes, answer"))).to_be_visible()


@with_and_without_script
def test_an_empty_form_brings_the_focus_to_the_list_of_errors(form):
    send(form)
    expect(form.locator("#error-summary")).to_be_focused()
    assert form.title().startswith(in_khmer("Error:"))


@with_and_without_script
@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_error_of_a_page_leads_to_its_control(form, number):
    come_to(form, number)
    send(form)
    links = form.locator("#error-summary a")
    assert links.count() > 1
    for link in links.all():
        link.click()
        control = form.locator(link.get_attribute("href"))
        expect(control).to_be_focused()
        assert control.evaluate("control => control.matches('input, select, textarea')")


@with_and_without_script
def test_list_of_errors_comes_into_view_each_time_also_after_one_of_its_links(form):
    for _time in range(3):
        send(form)
        expect(form.locator("#error-summary")).to_be_focused()
        expect(form.locator("#error-summary")).to_be_in_viewport()
        form.locator("#error-summary a").last.click()
        expect(form.locator("#id_adult_0")).to_be_focused()


@with_and_without_script
def test_what_was_typed_stays_beside_the_errors_and_on_the_pages_before(form):
    fill_in(form)
    form.uncheck("#id_data_use")
    send(form)
    expect(form.locator("#error-summary a")).to_have_count(1)
    expect_everything_typed(form)


@with_and_without_script
def test_the_other_language_keeps_what_was_typed(form):
    fill_in(form)
    form.get_by_role("button", name="English").click()
    form.wait_for_url("**/en/2024/register/**page=3")
    expect(form.locator("#error-summary")).to_have_count(0)
    expect_everything_typed(form)


@with_and_without_script
def test_the_browsers_back_finds_each_page_as_it_was_sent(form):
    come_to(form, 3)
    form.go_back()
    expect(form.locator("#id_sector")).to_have_value("community")
    form.go_back()
    expect(form.locator("#id_name_km")).to_have_value("សុខ ដារ៉ា")
    expect(form.locator("[name=adult][value=yes]")).to_be_checked()


@with_and_without_script
def test_two_tabs_are_two_forms(form):
    come_to(form, 2)
    other = form.context.new_page()
    other.goto("/km/2024/register/")
    expect(other.locator("#id_name_km")).to_have_value("")
    come_to(other, 2, name_km="ចាន់ បូផា")
    back(form)
    expect(form.locator("#id_name_km")).to_have_value("សុខ ដារ៉ា")
    back(other)
    expect(other.locator("#id_name_km")).to_have_value("ចាន់ បូផា")


def back(page):
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.click("[name=back]")


def expect_everything_typed(page):
    """On the third page, and by its Back on the second and the first."""
    expect(page.locator("#id_province")).to_have_value("02")
    for chosen in ("access_needs][value=sign_language", "needs_travel][value=yes"):
        expect(page.locator(f"[name={chosen}]")).to_be_checked()
    back(page)
    expect(page.locator("#id_sector")).to_have_value("community")
    for day in page.locator("[name=days]").all():
        expect(day).to_be_checked()
    back(page)
    expect(page.locator("#id_name_km")).to_have_value("សុខ ដារ៉ា")
    expect(page.locator("#id_name_latin")).to_have_value("SOK Dara")
    expect(page.locator("[name=adult][value=yes]")).to_be_checked()


@with_and_without_script
def test_questions_stand_open_only_after_the_answer_that_asks_for_them(form):
    expect(form.locator("#id_guardian_name")).to_be_hidden()
    choose(form, "adult", "no")
    expect(form.locator("#id_guardian_name")).to_be_visible()
    come_to(form, 3)
    choose_province(form, "ភ្នំពេញ")
    expect(form.locator("[name=needs_travel]").first).to_be_hidden()
    choose_province(form, "បាត់ដំបង")
    expect(form.locator("[name=needs_travel]").first).to_be_visible()
    expect(form.locator("[name=nights]").first).to_be_hidden()
    choose(form, "needs_travel", "yes")
    expect(form.locator("[name=nights]").first).to_be_visible()
    expect(form.locator("#id_access_note")).to_be_hidden()
    choose(form, "needs_anything", "yes")
    expect(form.locator("#id_access_note")).to_be_visible()


def choose_province(page, name):
    option = page.locator("#id_province option", has_text=name)
    page.select_option("#id_province", option.get_attribute("value"))


@dataclass(frozen=True)
class Found:
    """A person in the list of the staff, searched by Khmer name, and what they export of it."""

    name: str
    number: str
    listed: list
    xlsx: bytes
    csv: bytes


@pytest.fixture(scope="module", params=["no script, answers", "script, skips"])
def found(request, new_page_of_module, staff_cookies):
    answers = request.param == "no script, answers"
    name = "ចាន់ សុភា" if answers else "កែវ វិចិត្រា"
    page = open_form(new_page_of_module, script=not answers)
    sign_up(page, name_km=name, access_note=ACCESS_NOTE)
    answer_about_participants(page) if answers else skip_about_participants(page)
    staff = search_as_staff(new_page_of_module(storage_state=staff_cookies, viewport=DESK), name)
    listed = staff.locator("#result_list .field-names").all_inner_texts()
    return Found(name, reference_number(page), listed, download(staff, "XLSX"), download(staff, "CSV"))


def search_as_staff(page, words):
    page.goto("/admin/")
    page.locator('.shelves a[href="/admin/registration/registration/"]').click()
    page.fill("#searchbar", words)
    page.press("#searchbar", "Enter")
    page.wait_for_url("**/registration/?q=*")
    return page


def download(page, link):
    with page.expect_download() as started:
        page.get_by_role("link", name=link).click()
    return started.value.path().read_bytes()


def test_staff_find_the_person_by_khmer_name(found):
    assert found.listed == [f"{found.name}\nSOK Dara"]  # both names, as on the badge


def test_the_xlsx_has_the_person_with_the_telephone_as_text(found):
    sheet = load_workbook(BytesIO(found.xlsx)).active
    [row] = [row for row in sheet.iter_rows() if row[0].value == found.number]
    values = [cell.value for cell in row]
    assert {found.name, "SOK Dara", PHONE} <= set(values)
    assert row[values.index(PHONE)].data_type == "s"


def test_the_csv_has_the_person_and_begins_with_a_byte_order_mark(found):
    assert found.csv.startswith(BOM_UTF8)
    [_headings, row] = csv.reader(found.csv.decode("utf-8-sig").splitlines())
    assert {found.number, found.name, "SOK Dara", PHONE} <= set(row)


def test_no_sensitive_answer_is_exported(found):
    with zipfile.ZipFile(BytesIO(found.xlsx)) as xlsx:
        exported = b"".join(xlsx.read(name) for name in xlsx.namelist()) + found.csv
    assert exported.count(found.number.encode()) == 2
    assert [answer for answer in SENSITIVE if answer.encode() in exported] == []
