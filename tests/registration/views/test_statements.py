"""The two pages on which the site says what it promises: accessibility and privacy."""

from datetime import date

import pytest

from registration.models import Intake
from tests.pages import links, read

LANGUAGES = {"en": ("Accessibility of this site", "Your data and your privacy"), "km": ("ភាពងាយស្រួល", "ឯកជនភាពរបស់អ្នក")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("number", "page"), [(0, "accessibility"), (1, "privacy")])
def test_statement_stands_in_both_languages_and_says_whom_to_ask(client, edition, language, number, page):
    response = client.get(f"/{language}/2024/{page}/")
    text = read(response)

    assert LANGUAGES[language][number] in text
    assert text.count(edition.contact_email) == 2  # on the page, and at its foot
    assert f"tel:{edition.contact_phone}" in links(response)
    assert f"/{language}/2024/{page}/" in links(client.get(f"/{language}/2024/"))


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("en", "Erased on April 30, 2024.", "Erased on July 1, 2024."), ("km", "៣០ ខែមេសា", "១ ខែកក្កដា")],
)
def test_privacy_gives_the_dates_of_the_intake(client, edition, language, first, last):
    Intake.objects.update(erase_sensitive_on=date(2024, 4, 30), erase_all_on=date(2024, 7, 1))

    text = read(client.get(f"/{language}/2024/privacy/"))

    assert first in text
    assert last in text


def test_without_an_intake_nothing_is_said_of_privacy(client, edition):
    Intake.objects.all().delete()

    assert client.get("/en/2024/privacy/").status_code == 404
    assert "/en/2024/privacy/" not in links(client.get("/en/2024/accessibility/"))


def test_cookies_are_those_that_a_visitor_gets(client, edition):
    text = read(client.get("/en/2024/privacy/"))
    assert client.cookies == {}

    client.get("/en/2024/register/")
    client.post("/en/2024/register/", {})

    assert client.cookies.keys()
    assert [name for name in client.cookies if name not in text] == []
