"""Inputs and notes are gathered into a statement: a new one, or one that is there."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from conference.models import Edition
from contributions.models import Floor, Note, Statement, Voice


class OfSeveralEditions(Exception):
    """What was ticked belongs to more than one edition, or to none."""


def edition_of(voices: Sequence[Voice], notes: Sequence[Note]) -> Edition:
    editions = {voice.floor.edition for voice in voices} | {note.link.floor.edition for note in notes}
    if len(editions) != 1:
        raise OfSeveralEditions
    return editions.pop()


def usable(voices: Sequence[Voice]) -> list[Voice]:
    """With those that were merged into them: they say the same, and count. Without what was hidden or taken back."""
    keys = [voice.pk for voice in voices]
    found = Voice.objects.counting().filter(pk__in=keys) | Voice.objects.counting().filter(merged_into__in=keys)
    return list(found.distinct())


def new_statement(voices: Sequence[Voice], notes: Sequence[Note], english: str, khmer: str) -> Statement:
    """Under the article or theme of which all of them are; where they are of several, staff choose it later."""
    edition = edition_of(voices, notes)
    floors: set[Floor] = {voice.floor for voice in voices} | {note.link.floor for note in notes}
    pieces = {voice.piece for voice in voices}
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)  # two at once would take the same number
        last = Statement.objects.filter(edition=edition).aggregate(last=Max("number"))["last"]
        made = Statement(edition=edition, number=(last or 0) + 1)
        made.text_en, made.text_km = english, khmer  # type: ignore[attr-defined] # the two columns of `text`
        made.floor = floors.pop() if len(floors) == 1 else None
        made.piece = pieces.pop() if len(pieces) == 1 else None
        made.save()
        add_to(made, voices, notes)
    return made


def add_to(statement: Statement, voices: Sequence[Voice], notes: Sequence[Note]) -> None:
    statement.voices.add(*usable(voices))
    statement.notes.add(*notes)


def take_out(voices: Sequence[Voice]) -> int:
    """Of every statement; how many were in one."""
    through = Voice.statements.through
    number, _each = through.objects.filter(voice__in=[voice.pk for voice in voices]).delete()
    return number
