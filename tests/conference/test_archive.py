"""Past editions keep their addresses and are found in an archive."""

import pytest
from django.utils import timezone

from tests.factories import make_day, make_edition, open_intake
from tests.pages import links, read


@pytest.fixture
def past(db):
    edition = make_edition(year=2022, title_en="Sample of 2022", title_km="គំរូ ២០២២")
    make_day(edition)
    open_intake(edition)
    return edition


def test_archive_lists_public_editions_newest_first(client, past):
    make_edition(year=2030, title_en="Sample of 2030")
    make_edition(year=2031, title_en="Hidden draft", is_public=False)

    text = read(client.get("/en/editions/"))

    assert text.index("Sample of 2030") < text.index("Sample of 2022 March 26–27, 2022 · over")
    assert "Hidden draft" not in text


def test_archive_is_in_khmer_too(client, past):
    text = read(client.get("/km/editions/"))

    assert "គំរូ ២០២២" in text
    assert "បានបញ្ចប់" in text


def test_footer_leads_to_the_archive_once_there_is_more_than_one_edition(client, past):
    assert "/en/editions/" not in links(client.get("/en/2022/"))

    make_edition(year=2031, is_public=False)
    assert "/en/editions/" not in links(client.get("/en/2022/background/"))

    make_edition(year=2030)
    assert "/en/editions/" in links(client.get("/en/2022/agenda/"))


def test_site_without_a_public_edition_has_no_archive(client, db):
    assert client.get("/en/editions/").status_code == 404


def test_past_edition_says_so_and_one_to_come_does_not(client, past):
    today = timezone.localdate()
    make_edition(year=2031, starts_on=today, ends_on=today)

    assert "This conference took place on March 26–27, 2022." in read(client.get("/en/2022/"))
    assert "took place" not in read(client.get("/en/2031/"))


def test_archive_takes_as_many_queries_for_more_editions(client, past, django_assert_max_num_queries):
    for year in range(2000, 2020):
        make_edition(year=year)
    with django_assert_max_num_queries(3):
        client.get("/en/editions/")
