"""What an edition knows of itself and of the others."""

from datetime import date, datetime

import pytest
from django.utils import translation

from conference.models import Edition
from tests.factories import make_edition


@pytest.mark.parametrize(
    ("language", "where"), [("en", "Sample Hall, Phnom Penh"), ("km", "សាលគំរូ Phnom Penh")], ids=["en", "km"]
)
def test_edition_says_where_it_is_in_the_readers_language(language, where):
    edition = Edition(venue_en="Sample Hall", venue_km="សាលគំរូ", city_en="Phnom Penh")

    with translation.override(language):
        assert edition.where == where


@pytest.mark.parametrize(("venue", "city"), [("Sample Hall", ""), ("", "Sample Hall"), ("", "")])
def test_edition_says_no_more_of_where_it_is_than_is_known(venue, city):
    assert Edition(venue_en=venue, city_en=city).where == (venue or city)


@pytest.mark.parametrize("city", ["Phnom Penh", ""])
def test_first_page_says_where_it_is_and_in_which_language(client, db, city):
    make_edition(venue_en="Sample Hall", city_en=city, city_km=city and "ភ្នំពេញ")

    page = client.get("/km/2030/").content.decode()

    note = '<span class="only-in">(មានតែជាភាសាអង់គ្លេស)</span>'
    wanted = f'<span lang="en">Sample Hall</span> {note}' + (city and " ភ្នំពេញ")
    assert f"<dd>{wanted}</dd>" in page


@pytest.mark.parametrize(
    ("moment", "is_running", "is_over"),
    [
        ("2024-03-25T23:59", False, False),
        ("2024-03-26T00:00", True, False),
        ("2024-03-27T23:59", True, False),
        ("2024-03-28T00:00", False, True),
    ],
)
def test_edition_runs_from_its_first_day_to_its_last(settings, moment, is_running, is_over):
    settings.SITE_CLOCK = datetime.fromisoformat(moment)
    edition = Edition(starts_on=date(2024, 3, 26), ends_on=date(2024, 3, 27))

    assert (edition.is_running, edition.is_over) == (is_running, is_over)


@pytest.mark.parametrize(
    ("today", "year"),
    [("2029-12-01", 2030), ("2030-04-26", 2030), ("2030-04-27", 2031), ("2031-04-26", 2031), ("2035-01-01", 2031)],
)
def test_edition_at_work_is_the_next_one_and_for_a_month_the_last(db, today, year):
    assert Edition.objects.at_work(date.fromisoformat(today)) is None
    make_edition(year=2030)
    make_edition(year=2031, is_public=False)

    assert Edition.objects.at_work(date.fromisoformat(today)).year == year
