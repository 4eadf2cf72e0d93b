import json

from agenda.choices import AppearanceState
from agenda.feeds.open_data import open_data
from agenda.feeds.stamp import stamped
from agenda.models import Appearance
from tests.factories import make_day, make_edition, make_session


def made(edition):
    loaded, stamp = stamped(edition, "https://conference.example.org")
    return open_data(loaded, edition, stamp)


def test_open_data_says_under_which_terms_in_both_languages(edition):
    licence = made(edition)["licence"]

    assert (licence["name"], licence["url"]) == ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
    assert "CC BY 4.0" in licence["text"]["en"]
    assert "CC BY 4.0" in licence["text"]["km"]


def test_open_data_holds_all_that_is_public_of_2024(edition):
    data = made(edition)

    assert data["edition"]["title"]["en"] == edition.title_en
    assert [len(data[name]) for name in ("days", "purposes", "organisers")] == [
        2,
        edition.purposes.count(),
        edition.organisers.count(),
    ]
    assert len(data["other_events"]) == edition.other_events.count()
    assert data["days"][0]["sessions"][0]["title"] == {"en": "Registration", "km": "ចុះឈ្មោះ"}


def test_open_data_leaves_out_whom_one_may_call(edition):
    text = json.dumps(made(edition), ensure_ascii=False)

    assert edition.contact_phone not in text
    assert edition.contact_email not in text
    assert edition.contact_name_en not in text


def test_open_data_leaves_out_those_who_declined(db):
    session = make_session(make_day(make_edition()))
    Appearance.objects.create(session=session, label_en="Came not", state=AppearanceState.DECLINED)

    assert "Came not" not in json.dumps(made(session.day.edition))
