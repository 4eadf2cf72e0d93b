"""One short text for the whole draft: it differs as soon as a column of it does.

Comparing the draft with what is published, or looking for what is unfinished, takes many queries. The mark takes one,
so what was found is kept beside the mark for which it is true. No writer has to remember to tell anyone: the mark is
made of the rows themselves, also after an edit in the admin of the database.
"""

from hashlib import sha256

from django.db import connection
from django.db.models import Model

from agenda.models import Appearance, Day, Material, ProgrammeVersion, Room, Session, Speaker, Track
from conference.models import (
    AudienceGroup,
    Edition,
    EditionOrganisation,
    Milestone,
    Organisation,
    OtherEvent,
    Purpose,
    Reference,
)
from conference.pages.tables import Page

DRAFT: tuple[type[Model], ...] = (
    *(Edition, Day, Session, Appearance, Speaker, Material, Track, Room),
    *(Organisation, Organisation.part_of.through, EditionOrganisation),
    *(Purpose, AudienceGroup, Reference, OtherEvent, Milestone, Page),
)

KEPT = 3600  # seconds, for what is kept beside a mark; after a change another mark is asked for
NEWEST = (
    "WHERE (edition_id, number) IN (SELECT edition_id, MAX(number) FROM agenda_programmeversion GROUP BY edition_id)"
)


def mark_of_draft() -> str:
    """Of all editions, with the latest published version of each: one query."""
    parts = [*(_sum_of(model) for model in DRAFT), _sum_of(ProgrammeVersion, where=NEWEST)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return sha256(repr(cursor.fetchall()).encode()).hexdigest()


def _sum_of(model: type[Model], where: str = "") -> str:
    """SQL that gives the name of a table and one sum over all its columns, row after row. Only our own names go in."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        return f"SELECT '{table}', MD5(STRING_AGG(t::text, chr(10) ORDER BY id)) FROM {table} t {where}"  # noqa: S608
    columns = " || ',' || ".join(f'QUOTE("{field.column}")' for field in model._meta.local_concrete_fields)
    lines = f"SELECT {columns} AS line FROM {table} {where} ORDER BY id"  # noqa: S608
    return f"SELECT '{table}', MD5(GROUP_CONCAT(line, char(10))) FROM ({lines})"  # noqa: S608
