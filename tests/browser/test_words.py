"""On a page in one language nothing is said in the other one without saying so."""

import re

import pytest

from tests.browser.pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("name", PAGES)]

KHMER = re.compile(r"[\u1780-\u17ff\u19e0-\u19ff]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z+]*")
# What is written in Latin letters in Khmer text, too: addresses, numbers of registrations and requests, these names.
NOT_WORDS = re.compile(r"https?://[!-~]+|[!-~]*@[!-~]+|[a-z]+(\.[a-z]+)+|[0-9A-Z]{3,4}-[0-9A-Z]{4}|\b[0-9a-f]{10}\b")
NAMES = {
    *("CADT", "DFAT", "IIE", "NIA", "TAF", "UNESCO"),
    *("APT", "GIS", "ICT", "MIL", "ODD"),
    *("Atom", "PDF", "QR"),
    *("LGBTQI+", "OpenStreetMap", "SheThinks"),
    *("Hubert", "H", "Humphrey", "SOK", "Dara"),
}


def unmarked(texts, language, pattern):
    """What the pattern finds in texts that claim to be in a language, with the text around it."""
    found = {}
    for text, own in texts:
        words = [word for word in pattern.findall(NOT_WORDS.sub(" ", text)) if word not in NAMES]
        if own == language and words:
            found[text] = words
    return found


@pytest.mark.parametrize("language", ["km"])
def test_khmer_pages_mark_what_is_english(visit, language, name):
    texts = visit(language, name).texts
    assert unmarked(texts, "km", LATIN) == {}
    assert unmarked(texts, "en", KHMER) == {}


@pytest.mark.parametrize("language", ["en"])
def test_english_pages_mark_what_is_khmer(visit, language, name):
    assert unmarked(visit(language, name).texts, "en", KHMER) == {}
