"""What goes over the wire: nothing from elsewhere, nothing the policy forbids, no needless cookie, few bytes."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.pages import CONTENT, LANGUAGES, PAGES, show
from tests.browser.visits import listen

pytestmark = pytest.mark.browser

in_both_languages = pytest.mark.parametrize("language", LANGUAGES)

ADMIN = {
    "index": "",
    "list of sessions": "agenda/session/",
    "session": "agenda/session/ #result_list tbody th a",
    "day with its sessions": "agenda/day/ #result_list tbody th a",
    "list of registrations": "registration/registration/",
    "registering a person": "registration/registration/add/",
    "intake": "registration/intake/ #result_list tbody th a",
    "change of password": "password_change/",
}
MOST_BYTES = {"en": 28_000, "km": 56_000}  # with headers, on a device without Khmer: others save 18,000
MOST_REQUESTS = 5  # beside the icon
# How far what is drawn already moves: the share of the screen times the share of its height. A device without Khmer
# shows boxes until it has the face, which is asked for only then: else every telephone would pay for it. The page of a
# session with a panel moves most, by 0.25.
MOST_SHIFT = {"en": 0.02, "km": 0.3}
REPORT_SHIFTS = """
    new PerformanceObserver(list => {
        for (const shift of list.getEntries()) window.shifted = (window.shifted ?? 0) + shift.value
    }).observe({ type: "layout-shift", buffered: true })
"""


def is_known(message, name):
    return name == "not found" and "404" in message  # the browser's own note on such a page


@in_both_languages
@pytest.mark.parametrize("name", PAGES)
def test_public_pages_are_quiet(visit, language, name):
    assert [message for message in visit(language, name).heard if not is_known(message, name)] == []


@in_both_languages
def test_the_staff_login_is_quiet(new_page, site, language):
    page = new_page()
    page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
    heard = listen(page)
    page.goto("/admin/login/")
    page.evaluate("document.fonts.ready")
    assert page.locator("html").get_attribute("lang") == language
    assert heard == []


@in_both_languages
@pytest.mark.parametrize("name", ADMIN)
def test_staff_pages_are_quiet(new_page, site, staff_cookies, language, name):
    page = new_page(storage_state=staff_cookies, viewport={"width": 1280, "height": 800})
    page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
    heard = listen(page)
    path, _space, link = ADMIN[name].partition(" ")
    page.goto(f"/admin/{path}")
    if link:
        page.locator(link).first.click()
        page.wait_for_url("**/change/")
    page.evaluate("document.fonts.ready")
    assert page.locator("html").get_attribute("lang") == language
    assert heard == []


@in_both_languages
def test_pages_without_a_form_set_no_cookie(visit, language):
    assert {name: cookies for name in CONTENT if (cookies := visit(language, name).cookies)} == {}


@in_both_languages
@pytest.mark.parametrize("name", ["home", "agenda"])
def test_a_first_visit_is_light(new_page, language, name):
    sizes = bytes_of_a_visit(new_page(), language, name)
    total = sum(sizes.values())
    print(f"\n{name}, {language}: {total} bytes", *(f"\n  {size:6} {path}" for path, size in sizes.items()))
    assert total <= MOST_BYTES[language]
    assert len([path for path in sizes if "/icon." not in path]) <= MOST_REQUESTS


@in_both_languages
@pytest.mark.parametrize("name", ["home", "session with a panel", "sign-up"])
def test_lines_stand_still_on_a_device_without_khmer(new_page, language, name):
    page = new_page()
    page.add_init_script(REPORT_SHIFTS)
    page.route("**/*.css", without_local_fonts)
    page.goto("/healthz")  # a page of the site without a face: a form first empties what the browser keeps
    show(page, language, name)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert page.evaluate("window.shifted ?? 0") <= MOST_SHIFT[language]


def bytes_of_a_visit(page, language, name):
    """The bytes of every answer, headers included, by the path."""
    paths, sizes = {}, {}
    network = page.context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", lambda said: paths.update({said["requestId"]: said["request"]["url"]}))
    network.on("Network.loadingFinished", lambda said: sizes.update({said["requestId"]: said["encodedDataLength"]}))
    network.send("Network.enable")
    show(page, language, name)
    page.wait_for_load_state("networkidle")  # the icon comes after everything else
    return {urlsplit(paths[request]).path: size for request, size in sizes.items()}


def without_local_fonts(route):
    sheet = route.fetch()
    route.fulfill(response=sheet, body=re.sub(r"local\([^)]*\),\s*", "", sheet.text()))
