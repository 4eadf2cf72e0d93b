"""What axe can tell of WCAG 2.2 and of good practice, and room for Khmer on narrow screens."""

import pytest

from tests.browser.pages import LANGUAGES, PAGES

pytestmark = pytest.mark.browser

every_page = pytest.mark.parametrize("name", PAGES)
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


@every_page
@in_both_languages
def test_axe_finds_nothing(visit, language, name):
    assert visit(language, name).violations == []


@every_page
@in_both_languages
def test_nothing_scrolls_sideways_at_320_pixels(visit, language, name):
    assert visit(language, name).narrow_width <= 320


@pytest.mark.parametrize("language", ["km"])
def test_selects_have_room_for_khmer_marks(visit, language):
    styles = visit(language, "sign-up, page 2").selects
    assert styles
    assert [style for style in styles if style["appearance"] != "none" or style["height"] < 1.7] == []
