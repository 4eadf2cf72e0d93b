"""From what people say to the report: with a browser, without a script where none is needed."""

import io
import re
import uuid
from functools import partial

import docx
import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.keys import fits, press, said_in
from tests.browser.pages import LANGUAGES

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


def speak(staff, site, language):
    """The pages of the staff are in this language from now on."""
    staff.context.add_cookies([{"name": "language", "value": language, "url": site.url}])


def write_by_keyboard(phone, address, text):
    phone.goto(address)
    assert fits(phone)
    phone.locator("textarea").focus()
    phone.keyboard.insert_text(text)
    phone.locator("form.form [type=submit]").press("Enter")
    expect(phone).to_have_url(re.compile(r"/voice/.*\?new$"))
    assert fits(phone)


def gather_by_keyboard(staff, key, number, say):
    """Three of the forty inputs become a statement."""
    staff.goto(f"{ADMIN}/voice/?edition=2024&floor__id__exact={key}")
    assert fits(staff)
    ticks = staff.locator("[name=_selected_action]")
    expect(ticks).to_have_count(40)
    for tick in range(number * 3, number * 3 + 3):
        ticks.nth(tick).press("Space")
    staff.locator("select[name=action]").select_option("gather")
    staff.locator("button[name=index]").first.press("Enter")
    staff.locator("[name=text_en]").fill(f"Sample statement {number}")
    staff.locator("[name=text_km]").fill(f"សេចក្តីថ្លែងគំរូ {number}")
    assert fits(staff)
    press(staff, "button", say("Gather"))


def test_forty_inputs_become_twelve_statements_and_a_report(new_page, staff_cookies, site):
    """Writers and staff on telephones, without JavaScript, by the keyboard; half of it in each of the languages."""
    staff = new_page(storage_state=staff_cookies, java_script_enabled=False)
    address, _links, key = open_floor(staff, "Sample draft policy")
    phone = new_page(java_script_enabled=False)
    for number in range(38):
        send(phone.context, address, number)
    for one, text in ((address, "The last sample but one"), (address.replace("/en/", "/km/"), "មតិគំរូចុងក្រោយ")):
        phone.context.clear_cookies()
        write_by_keyboard(phone, one, text)

    for language in LANGUAGES:
        speak(staff, site, language)
        say = partial(said_in, language)
        for number in range(6) if language == "en" else range(6, 12):
            gather_by_keyboard(staff, key, number, say)
        staff.goto(f"{ADMIN}/statement/outcomes/?edition=2024")
        assert fits(staff)
        press(staff, "button", say("Publish"))
        version = say("Version %(number)s is public.", number={"en": "1", "km": "២"}[language])
        expect(staff.locator(".messagelist")).to_contain_text(version)

    for language, words in (("en", "Sample statement"), ("km", "សេចក្តីថ្លែងគំរូ")):
        phone.goto(f"/{language}/2024/outcomes/")
        expect(phone.locator(".statement")).to_have_count(12)
        assert fits(phone)
        file = phone.context.request.get(f"/{language}/2024/outcomes.docx").body()
        said = [one.text for one in docx.Document(io.BytesIO(file)).paragraphs]
        assert all(f"{words} {number}" in said for number in range(12))
        with pypdfium2.PdfDocument(phone.context.request.get(f"/{language}/2024/outcomes.pdf").body()) as paper:
            assert len(paper) > 1


def wait_until_kept(page, address, *, is_kept=True):
    """By the browser. Playwright's own waiting takes a promise for true, whatever comes of it."""
    for _attempt in range(200):
        if page.evaluate("async (address) => Boolean(await caches.match(address))", address) == is_kept:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{address} is {'not ' if is_kept else ''}kept")


def test_note_is_kept_without_a_network_and_sent_later(new_page, staff_cookies):
    """The page itself opens again without a line, with what was typed."""
    staff = new_page(storage_state=staff_cookies, viewport={"width": 1280, "height": 900})
    _address, links, _key = open_floor(staff, "Sample topic")
    note, link = new_page(), next(one for one in links if "/notes/" in one)
    note.goto(link)
    wait_until_kept(note, link)
    note.context.set_offline(True)
    note.get_by_label("Points of agreement").fill("Open the budget")
    note.close()

    again = note.context.new_page()
    again.goto(link)
    expect(again.locator("#note-state")).to_contain_text("There is no network")
    expect(again.get_by_label("Points of agreement")).to_have_value("Open the budget")
    again.get_by_label("Points of difference").fill("When")
    again.get_by_role("button", name="Save").click()
    expect(again.locator("#note-state")).to_contain_text("Kept on this phone only")
    again.context.set_offline(False)
    again.wait_for_url("**?saved", wait_until="commit")
    expect(again.get_by_label("Points of agreement")).to_have_value("Open the budget")
    expect(again.get_by_label("Points of difference")).to_have_value("When")


def test_copy_of_a_note_goes_when_its_link_is_closed(new_page, staff_cookies):
    staff = new_page(storage_state=staff_cookies, viewport={"width": 1280, "height": 900})
    _address, links, key = open_floor(staff, "Sample topic")
    note, link = new_page(), next(one for one in links if "/notes/" in one)
    note.goto(link)
    wait_until_kept(note, link)
    staff.goto(f"{ADMIN}/floor/{key}/change/")
    for number in range(len(links)):
        staff.locator(f"[name=links-{number}-is_open]").uncheck()
    staff.get_by_role("button", name="Save", exact=True).click()

    note.goto(link)

    expect(note.locator("h1")).to_have_text("This link does not open")
    wait_until_kept(note, link, is_kept=False)
