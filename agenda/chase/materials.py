"""Talks that were held, and of which there is nothing yet to read again."""

import datetime

from django.utils.translation import gettext as _

from agenda.chase.items import Item
from agenda.chase.rows import Rows
from agenda.choices import Kind

WITH_SLIDES = {Kind.KEYNOTE, Kind.PRESENTATION}


def without_materials(rows: Rows, today: datetime.date) -> list[Item]:
    have = {one.session_id for one in rows.materials}
    return [
        Item(row, _("“%(session)s”: no slides and no other materials yet") % {"session": row})
        for row in rows.held
        if row.kind in WITH_SLIDES and row.day.date < today and row.pk not in have
    ]
