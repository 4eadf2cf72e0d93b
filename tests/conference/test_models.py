"""What an edition knows of itself and of the others."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from conference.models import Edition
from tests.factories import make_edition


@pytest.mark.parametrize(
    ("language", "where"), [("en", "Sample Hall, Phnom Penh"), ("km", "សាលគំរូ, Phnom Penh")], ids=["en", "km"]
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
    wanted = f'<span lang="en">Sample Hall</span> {note}' + (city and ", ភ្នំពេញ")
    assert f"<dd>{wanted}</dd>" in page


def test_edition_is_archived_once_it_is_over_and_a_later_one_is_public(db):
    today = timezone.localdate()
    past = make_edition(year=2022)
    assert not past.is_archived()

    later = make_edition(year=2030, starts_on=today, ends_on=today, is_public=False)
    assert not past.is_archived()

    Edition.objects.filter(pk=later.pk).update(is_public=True)
    assert past.is_archived()
    assert not later.is_archived()


def test_edition_asks_not_again_for_a_later_one_that_is_known(db, django_assert_num_queries):
    yesterday = timezone.localdate() - timedelta(days=1)
    past = Edition(year=2022, ends_on=yesterday)

    with django_assert_num_queries(0):
        assert (past.is_archived(True), past.is_archived(False)) == (True, False)


def test_staff_begin_with_the_current_edition_or_the_latest(db):
    assert Edition.objects.current_or_latest() is None

    draft = make_edition(year=2031, is_public=False)
    assert Edition.objects.current_or_latest() == draft

    current = make_edition(year=2030)
    assert Edition.objects.current_or_latest() == current
