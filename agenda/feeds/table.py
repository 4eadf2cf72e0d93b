"""The programme as a table (CSV), a line a session, for spreadsheets."""

import csv
from collections.abc import Callable
from io import StringIO

from django.utils.translation import gettext as _

from agenda.feeds import inherited, words
from agenda.feeds.stamp import Stamp
from agenda.programme.value import Place, Programme
from conference.cells import harmless, text
from conference.words import comma


def table_csv(programme: Programme, stamp: Stamp) -> bytes:
    """With the byte-order mark, without which Excel garbles Khmer; no cell is ever a formula."""
    columns: list[tuple[str, Callable[[Place], object]]] = [
        (_("Date"), lambda place: place.day.date.isoformat()),
        (_("From"), lambda place: f"{inherited.moments(programme, place)[0]:%H:%M}"),
        (_("To"), lambda place: f"{inherited.moments(programme, place)[1]:%H:%M}"),
        (_("Kind"), lambda place: place.session.kind_label),
        (_("State"), lambda place: inherited.status(programme, place) or _("confirmed")),
        (_("Label (English)"), lambda place: place.session.label.en),
        (_("Label (Khmer)"), lambda place: place.session.label.km),
        (_("Title (English)"), lambda place: place.session.title.en),
        (_("Title (Khmer)"), lambda place: place.session.title.km),
        (_("Description (English)"), lambda place: place.session.description.en),
        (_("Description (Khmer)"), lambda place: place.session.description.km),
        (_("Who"), lambda place: "\n".join(words.who(place.session))),
        (_("Track"), lambda place: place.session.track),
        (_("Room"), lambda place: inherited.room(programme, place)),
        (_("Languages"), lambda place: comma().join(map(str, place.session.spoken_language_labels))),
        (_("Interpretation"), lambda place: comma().join(map(str, place.session.interpretation_labels))),
        (
            _("Materials"),
            lambda place: "\n".join(
                stamp.site + one.address if one.file else one.url for one in place.session.materials
            ),
        ),
        (_("Stands under"), lambda place: place.parent.code if place.parent else ""),
        (_("ID"), lambda place: place.session.code),
        (_("Address"), lambda place: stamp.site + words.address(programme, place.session)),
    ]
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(text(heading)) for heading, _get in columns])
    for place in programme.places.values():
        writer.writerow([harmless(text(get(place))) for _heading, get in columns])
    return out.getvalue().encode("utf-8-sig")
