"""A programme, its edition and its stamp, for the pure functions."""

from datetime import UTC, date, datetime

from agenda.feeds.stamp import Stamp
from agenda.programme.value import Appearance, Day, Programme
from conference.language.translated import Text
from conference.models import Edition

STAMP = Stamp("https://conference.example.org", version=7, changed_at=datetime(2030, 3, 1, 2, 30, tzinfo=UTC))


def make_programme(*sessions):
    return Programme(2030, (Day(1, date(2030, 3, 26), Text(), sessions),))


def edition_row(**fields):
    """Never saved: the functions read nothing from the database."""
    columns = {"title_en": "Sample Conference", "venue_en": "Sample Hall", "city_en": "Phnom Penh", **fields}
    return Edition(year=2030, starts_on=date(2030, 3, 26), ends_on=date(2030, 3, 26), **columns)


def appearance(name, state="confirmed", role="speaker"):
    return Appearance(role, Text(en=name), "", None, False, state)


def source(*sessions, **fields):
    return make_programme(*sessions), edition_row(**fields), STAMP
