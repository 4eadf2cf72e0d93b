"""The page that looks for words."""

import pytest

from tests.pages import links, read

SEARCH = "/en/2024/search/"


def test_session_a_name_and_a_page_are_found(client, edition):
    response = client.get(SEARCH, {"q": "open development cambodia"})

    assert "/en/2024/agenda/d1-08/" in links(response)
    assert "/en/2024/speakers/#odc" in links(response)
    assert "More pages Background Organizers" in read(response)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Look for a session, a name or a word"),
        ("x", "Write at least two letters."),
        ("nowhere at all", "Nothing here holds “nowhere at all”."),
        ("<b>bold", "Nothing here holds “<b>bold”."),
    ],
)
def test_answer_is_plain_where_nothing_is_found(client, edition, typed, words):
    assert words in read(client.get(SEARCH, {"q": typed}))


def test_what_was_typed_stands_in_the_field_and_is_escaped(client, edition):
    html = client.get(SEARCH, {"q": '"><script>'}).content.decode()

    assert 'value="&quot;&gt;&lt;script&gt;"' in html


def test_page_is_not_kept(client, edition):
    assert "no-store" in client.get(SEARCH, {"q": "policy"})["Cache-Control"]


def test_missing_page_leads_on(client, edition):
    response = client.get("/en/2024/nothing-is-here/")

    assert {SEARCH, "/en/2024/", "/en/2024/agenda/", "tel:+85512323045"} <= set(links(response))
    assert 'action="/en/2024/search/"' in response.content.decode()
