"""The pages of the staff with the most controls, on a telephone and on a desk: what axe finds, and their width."""

import pytest

from tests.browser.axe import violations

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
