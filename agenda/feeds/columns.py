"""The programme as rows and columns: what both tables (CSV and Excel) have, and by which headings they are read."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agenda.feeds import inherited, words
from agenda.feeds.stamp import Stamp
from agenda.programme.value import Place, Programme
from conference.words import comma

Value = datetime.date | datetime.time | str


@dataclass(frozen=True)
class Column:
    key: str
    heading: str | Promise
    get: Callable[[Programme, Stamp, Place], object]
    width: int  # in Excel, in digits of its font


def _materials(stamp: Stamp, place: Place) -> str:
    return "\n".join(stamp.site + one.address if one.file else one.url for one in place.session.materials)


COLUMNS = (
    Column("date", _("Date"), lambda _programme, _stamp, place: place.day.date, 12),
    Column("starts_at", _("From"), lambda programme, _stamp, place: inherited.moments(programme, place)[0].time(), 8),
    Column("ends_at", _("To"), lambda programme, _stamp, place: inherited.moments(programme, place)[1].time(), 8),
    Column("kind", _("Kind"), lambda _programme, _stamp, place: place.session.kind_label, 16),
    Column(
        "state",
        _("State"),
        lambda programme, _stamp, place: inherited.status(programme, place) or gettext("confirmed"),
        16,
    ),
    Column("label_en", _("Label (English)"), lambda _programme, _stamp, place: place.session.label.en, 16),
    Column("label_km", _("Label (Khmer)"), lambda _programme, _stamp, place: place.session.label.km, 16),
    Column("title_en", _("Title (English)"), lambda _programme, _stamp, place: place.session.title.en, 40),
    Column("title_km", _("Title (Khmer)"), lambda _programme, _stamp, place: place.session.title.km, 40),
    Column("description_en", _("Description (English)"), lambda _p, _s, place: place.session.description.en, 40),
    Column("description_km", _("Description (Khmer)"), lambda _p, _s, place: place.session.description.km, 40),
    Column("who", _("Who"), lambda _programme, _stamp, place: "\n".join(words.who(place.session)), 40),
    Column("track", _("Track"), lambda _programme, _stamp, place: place.session.track, 18),
    Column("room", _("Room"), lambda programme, _stamp, place: inherited.room(programme, place), 18),
    Column(
        "languages",
        _("Languages"),
        lambda _programme, _stamp, place: comma().join(map(str, place.session.spoken_language_labels)),
        16,
    ),
    Column(
        "interpretation",
        _("Interpretation"),
        lambda _programme, _stamp, place: comma().join(map(str, place.session.interpretation_labels)),
        24,
    ),
    Column("materials", _("Materials"), lambda _programme, stamp, place: _materials(stamp, place), 24),
    Column("parent", _("Stands under"), lambda _p, _s, place: place.parent.code if place.parent else "", 12),
    Column("code", _("ID"), lambda _programme, _stamp, place: place.session.code, 12),
    Column(
        "address",
        _("Address"),
        lambda programme, stamp, place: stamp.site + words.address(programme, place.session),
        30,
    ),
)


def rows(programme: Programme, stamp: Stamp) -> Iterator[list[Value]]:
    """A row for each session: dates, times, and texts in the active language."""
    for place in programme.places.values():
        values = (column.get(programme, stamp, place) for column in COLUMNS)
        yield [value if isinstance(value, datetime.date | datetime.time) else str(value) for value in values]


def written(value: Value) -> str:
    """As it stands in a CSV file."""
    return f"{value:%H:%M}" if isinstance(value, datetime.time) else str(value)
