"""From what people say to the report: with a browser, without a script where none is needed."""

import io
import re
import uuid

import docx
import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations

pytestmark = pytest.mark.browser

ADMIN = "/admin/contributions"
DRAFT = {
    "english": "Article 1. Purpose\nOpen data for all.\n\nArticle 2. Fees\nNo fee is asked.",
    "khmer": "មាត្រា ១៖ គោលបំណង\nទិន្នន័យបើកទូលាយសម្រាប់ទាំងអស់គ្នា។\n\nមាត្រា ២៖ ថ្លៃសេវា\nមិនគិតថ្លៃ។",
}


def open_floor(staff, title):
    """Staff open a draft text for inputs, and hand out links. Gives its address, the own links, its key."""
    staff.goto(f"{ADMIN}/floor/add/")
    staff.get_by_label("What people write").select_option("inputs")
    staff.get_by_label("Title (in English)").fill(title)
    staff.get_by_label("Title (in Khmer)").fill("សេចក្តីព្រាងគំរូ")
    staff.get_by_label("Public", exact=True).check()
    staff.get_by_label("Moderation").select_option("after")
    for number, kind in enumerate(("facilitator", "note_taker")):
        staff.locator("#links-group .add-row a").click()
        staff.locator(f"#id_links-{number}-kind").select_option(kind)
    staff.get_by_role("button", name="Save and continue editing").click()
    change = staff.url
    staff.get_by_role("link", name="Draft text").click()
    staff.get_by_label("Draft text (in English)").fill(DRAFT["english"])
    staff.get_by_label("Draft text (in Khmer)").fill(DRAFT["khmer"])
    staff.get_by_role("button", name="Save").click()
    expect(staff.get_by_text("Every piece has its number")).to_be_visible()
    staff.goto(change.replace("/change/", "/hand-out/"))
    address, _screen, *links = (
        re.sub("^https?://[^/]+", "", one) for one in staff.locator(".address a").all_inner_texts()
    )
    return address, links, change.rsplit("/", 3)[1]


def send(context, address, number):
    """Another telephone in the hall sends what it wrote."""
    context.clear_cookies()
    page = context.request.get(address).text()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    said = f"Sample input {number}" if number % 2 else f"មតិគំរូទី {number}"
    form = {"csrfmiddlewaretoken": token, "text": said, "about": str(1 + number % 2), "form_token": str(uuid.uuid4())}
    assert context.request.post(address, form=form, headers={"Referer": address}).ok


def test_forty_inputs_become_twelve_statements_and_a_report(new_page, staff_cookies):
    staff = new_page(storage_state=staff_cookies, viewport={"width": 1280, "height": 900})
    address, _links, key = open_floor(staff, "Sample draft policy")
    phone = new_page(java_script_enabled=False)
    for number in range(39):
        send(phone.context, address, number)
    phone.context.clear_cookies()
    phone.goto(address.replace("/en/", "/km/"))
    phone.locator("textarea").fill("មតិគំរូចុងក្រោយ")
    phone.locator("form.form [type=submit]").click()
    expect(phone).to_have_url(re.compile(r"/km/voice/.*\?new$"))

    for number in range(12):
        staff.goto(f"{ADMIN}/voice/?edition=2024&floor__id__exact={key}")
        ticks = staff.locator("[name=_selected_action]")
        expect(ticks).to_have_count(40)
        for tick in range(number * 3, number * 3 + 3):
            ticks.nth(tick).check()
        staff.locator("select[name=action]").select_option("gather")
        staff.get_by_role("button", name="Go").click()
        staff.get_by_label("Statement (in English)").fill(f"Sample statement {number}")
        staff.get_by_label("Statement (in Khmer)").fill(f"សេចក្តីថ្លែងគំរូ {number}")
        staff.get_by_role("button", name="Gather").click()
    staff.goto(f"{ADMIN}/statement/outcomes/?edition=2024")
    staff.get_by_role("button", name="Publish").click()
    expect(staff.get_by_text("Version 1 is public.")).to_be_visible()

    phone.goto("/km/2024/outcomes/")
    expect(phone.locator(".statement")).to_have_count(12)
    file = phone.context.request.get("/km/2024/outcomes.docx").body()
    said = [one.text for one in docx.Document(io.BytesIO(file)).paragraphs]
    assert all(f"សេចក្តីថ្លែងគំរូ {number}" in said for number in range(12))
    with pypdfium2.PdfDocument(phone.context.request.get("/km/2024/outcomes.pdf").body()) as paper:
        assert len(paper) > 1


def test_note_is_kept_without_a_network_and_sent_later(new_page, staff_cookies):
    staff = new_page(storage_state=staff_cookies, viewport={"width": 1280, "height": 900})
    _address, links, _key = open_floor(staff, "Sample topic")
    note = new_page()
    note.goto(next(one for one in links if "/notes/" in one))
    note.context.set_offline(True)
    note.get_by_label("Points of agreement").fill("Open the budget")
    note.get_by_role("button", name="Save").click()
    expect(note.locator("#note-state")).to_contain_text("Kept on this phone only")
    note.context.set_offline(False)
    note.wait_for_url("**?saved")
    expect(note.get_by_label("Points of agreement")).to_have_value("Open the budget")


@pytest.mark.parametrize("language", ["en", "km"])
def test_pages_have_no_fault_that_axe_finds(new_page, staff_cookies, language):
    staff = new_page(storage_state=staff_cookies, viewport={"width": 1280, "height": 900})
    address, links, _key = open_floor(staff, f"Sample text {language}")
    page = new_page()
    send(page.context, address, 1)
    for one in (address, f"{address}?about=1", f"{address}screen/?still=1", "/en/2024/voices/", *links):
        page.goto(one.replace("/en/", f"/{language}/"))
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
