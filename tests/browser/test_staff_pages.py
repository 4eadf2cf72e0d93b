"""The pages of the staff, on a telephone and on a desk: what axe finds, and their width."""

import re

import pytest

from tests.browser.axe import RUN, violations

pytestmark = pytest.mark.browser

PAGES = {"day": "agenda/day/1/change/?row=5", "edition": "conference/edition/1/change/"}
VIEWS = [(390, "light"), (1280, "dark")]


@pytest.mark.parametrize("language", ["km"])
@pytest.mark.parametrize("name", PAGES)
def test_page_has_room_and_axe_finds_nothing(new_page, site, staff_cookies, language, name):
    page = new_page(storage_state=staff_cookies, reduced_motion="reduce")
    page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
    found = []
    for width, colours in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=colours)
        page.goto(f"/admin/{PAGES[name]}")  # anew: links change their colour slowly
        found += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []


WIDTHS = (390, 768, 1280)
PARTS = 4  # so that no test goes on for minutes
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced"]}}
ALIKE = re.compile(r"/(?:history|delete)/$")  # one template each: of a few tables they stand for the others
SEEN_OF_THESE = ("session", "registration", "user")


@pytest.mark.parametrize("part", range(PARTS))
def test_walk_over_all_pages_of_the_staff_finds_no_fault(new_page, staff_site, part):
    """Anew in one colour of the screen; of the other one, contrasts are all that can differ."""
    page = new_page(base_url=staff_site.url, bypass_csp=True)
    page.set_default_timeout(60_000)
    cookies = {"session": staff_site.session, "language": "km"}
    page.context.add_cookies([{"name": name, "value": one, "url": staff_site.url} for name, one in cookies.items()])
    walked = [
        one for one in staff_site.pages if not ALIKE.search(one) or any(f"/{of}/" in one for of in SEEN_OF_THESE)
    ]
    found = {address: faults for address in walked[part::PARTS] if (faults := _faults(page, address))}

    assert len(walked) > 100
    assert found == {}


def _faults(page, address):
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(address)
    assert page.url.endswith(address)
    page.add_style_tag(content="* { transition: none !important }")  # links change their colour slowly
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(RUN, [None, CONTRAST])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width}")
    return found
