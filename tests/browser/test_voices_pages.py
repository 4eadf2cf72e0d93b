"""Every page of what people bring, with something on it: what axe finds, and its width. Each page is looked at twice:
on a telephone and on a desk, light and dark, in one language this way and in the other that way.
"""

import pytest

from tests.browser.axe import violations
from tests.browser.pages import LANGUAGES

pytestmark = pytest.mark.browser

PHONE, DESK = 360, 1280
VIEWS = [(PHONE, "light"), (DESK, "dark")]


def faults_of(page, language, addresses):
    """By the name of the page."""
    for turn, (name, address) in enumerate(addresses.items()):
        width, colours = VIEWS[(turn + LANGUAGES.index(language)) % len(VIEWS)]
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=colours)
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
        for fault in violations(page):
            yield name, width, colours, fault
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield name, width, colours, "scrolls sideways"


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_and_own_links(new_page, voices_site, language):
    page = new_page(base_url=voices_site.url, reduced_motion="reduce")

    assert (
        list(faults_of(page, language, {name: f"/{language}/{path}" for name, path in voices_site.pages.items()}))
        == []
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_staff(new_page, voices_site, language):
    page = new_page(base_url=voices_site.url, reduced_motion="reduce")
    kept = {"session": voices_site.session, "language": language}
    page.context.add_cookies([{"name": name, "value": value, "url": voices_site.url} for name, value in kept.items()])

    assert (
        list(
            faults_of(
                page, language, {name: f"/admin/contributions/{path}" for name, path in voices_site.admin.items()}
            )
        )
        == []
    )
