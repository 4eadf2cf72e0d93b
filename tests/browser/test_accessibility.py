"""WCAG 2.2 A and AA as far as a machine can tell, and room for Khmer on narrow screens."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import LANGUAGES, PAGES, show

pytestmark = pytest.mark.browser

every_page = pytest.mark.parametrize("name", PAGES)
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
VIEWS = [(360, "light"), (360, "dark"), (1280, "light")]
SELECT_STYLE = """
    selects => selects.map(getComputedStyle).map(style => ({
        appearance: style.appearance,
        height: parseFloat(style.lineHeight) / parseFloat(style.fontSize),
    }))
"""


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


@every_page
@in_both_languages
def test_axe_finds_nothing(page, language, name):
    show(page, language, name)
    found = []
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found += [(width, scheme, violation) for violation in violations(page)]
    assert found == []


@every_page
@in_both_languages
def test_nothing_scrolls_sideways_at_320_pixels(page, language, name):
    page.set_viewport_size({"width": 320, "height": 640})
    show(page, language, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("language", ["km"])
def test_selects_have_room_for_khmer_marks(page, language):
    show(page, language, "sign-up")
    styles = page.locator("select").evaluate_all(SELECT_STYLE)
    assert styles
    assert [style for style in styles if style["appearance"] != "none" or style["height"] < 1.7] == []
