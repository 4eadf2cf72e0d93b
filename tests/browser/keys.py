"""What a person does who has no mouse, and finds by what the page says in its language."""

import re

from playwright.sync_api import expect

from tests.browser.pages import in_khmer


def seen(words):
    """As they stand on a page, where characters that no reader sees keep Khmer words together."""
    # Playwright hands the pattern to JavaScript between slashes, and leaves a slash in it as it is.
    return re.compile("\u2060?".join(re.escape(one).replace("/", r"\/") for one in words))


def said_in(language, words, **values):
    found = in_khmer(words) if language == "km" else words
    return seen(found % values if values else found)


def press(page, role, name, key="Enter"):
    """To the button or the link, then a key."""
    one = page.get_by_role(role, name=re.compile(rf"^\s*{name.pattern}\s*$")).first
    one.focus()
    expect(one).to_be_focused()
    one.press(key)


def fits(page):
    return page.locator("html").evaluate("page => page.scrollWidth <= innerWidth")
