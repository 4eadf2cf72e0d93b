"""On a page in one language nothing is said in the other one without saying so."""

import re

import pytest

from tests.browser.pages import PAGES, show

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("name", PAGES)]

# Every piece of text that is seen or read aloud, with the language it claims to be in.
TEXTS = """
    () => {
        const language = element => element.closest("[lang]").lang;
        const isShown = element => (element.closest("select") ?? element).checkVisibility();
        const texts = [[document.title, document.documentElement.lang]];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (isShown(element)) texts.push([walker.currentNode.data.trim(), language(element)]);
        }
        for (const element of document.body.querySelectorAll("*"))
            for (const name of ["title", "alt", "aria-label", "placeholder"])
                if (element.getAttribute(name)) texts.push([element.getAttribute(name), language(element)]);
        return texts.filter(([text]) => text);
    }
"""
KHMER = re.compile(r"[\u1780-\u17ff\u19e0-\u19ff]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z+]*")
# What is written in Latin letters in Khmer text, too: addresses, reference numbers, and these names.
NOT_WORDS = re.compile(r"https?://[!-~]+|[!-~]*@[!-~]+|[0-9A-Z]{3}-[0-9A-Z]{4}")
NAMES = {
    *("CADT", "DFAT", "IIE", "NIA", "TAF", "UNESCO"),
    *("APT", "GIS", "ICT", "MIL", "ODD"),
    *("Atom", "PDF", "QR"),
    *("LGBTQI+", "SheThinks"),
    *("Hubert", "H", "Humphrey", "SOK", "Dara"),
}


def unmarked(page, language, pattern):
    """What the pattern finds in texts that claim to be in a language, with the text around it."""
    found = {}
    for text, own in page.evaluate(TEXTS):
        words = [word for word in pattern.findall(NOT_WORDS.sub(" ", text)) if word not in NAMES]
        if own == language and words:
            found[text] = words
    return found


@pytest.mark.parametrize("language", ["km"])
def test_khmer_pages_mark_what_is_english(page, language, name):
    show(page, language, name)
    assert unmarked(page, "km", LATIN) == {}
    assert unmarked(page, "en", KHMER) == {}


@pytest.mark.parametrize("language", ["en"])
def test_english_pages_mark_what_is_khmer(page, language, name):
    show(page, language, name)
    assert unmarked(page, "en", KHMER) == {}
