"""What a screen reader is given: whole texts, no dash between times, no list of one."""

import re
from html.parser import HTMLParser

import pytest

VOID = {"meta", "link", "input", "br", "img", "circle", "path"}


class _Listener(HTMLParser):
    """The text without what is hidden from ears; a bar where one element ends and the next begins."""

    def __init__(self):
        super().__init__()
        self.heard, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in VOID and (
            self.hidden or attributes.get("aria-hidden") == "true" or tag in ("script", "template")
        ):
            self.hidden += 1
        self.heard.append("|")

    def handle_endtag(self, tag):
        if self.hidden and tag not in VOID:
            self.hidden -= 1
        self.heard.append("|")

    def handle_data(self, data):
        if not self.hidden:
            self.heard.append(data)


def heard(response):
    listener = _Listener()
    listener.feed(response.content.decode())
    return [" ".join(text.split()) for text in "".join(listener.heard).split("|") if text.strip()]


@pytest.fixture
def agenda(client, edition):
    return heard(client.get("/en/2024/agenda/"))


def test_time_is_one_text_with_a_word_in_it(agenda):
    assert "8:00 to 8:30" in agenda
    assert "30 minutes" not in agenda  # the two times have just said it
    assert [text for text in agenda if re.search(r"\d\s*–\s*\d", text)] == []


def test_heading_of_a_day_is_in_one_piece(agenda):
    assert "Day 1: Tuesday, March 26, 2024" in agenda


def test_questions_and_answers_are_one_text(agenda):
    assert "Q&A 9:50 to 9:55" in agenda


def test_what_runs_at_the_same_time_is_named(agenda):
    assert "From 9:00 to 12:00, at the same time: Breakout rooms & Hackathon" in agenda


def test_press_says_what_it_opens(agenda):
    assert "About: Open Data for Journalism" not in agenda  # there is nothing to open
    assert "About: Hacking Marathon" in agenda


@pytest.mark.parametrize("language", ["en", "km"])
def test_page_of_a_session_has_no_dash_between_times(client, edition, language):
    texts = heard(client.get(f"/{language}/2024/agenda/d2-06/"))

    assert [text for text in texts if re.search(r"\d\s*–\s*\d", text)] == []
    assert ("10:00 to 12:00" if language == "en" else "ម៉ោង ១០:០០ ដល់ ១២:០០") in texts


def test_what_runs_now_has_no_dash_either(client, edition):
    assert "8:00 to 8:30" in heard(client.get("/en/2024/agenda/now/"))
