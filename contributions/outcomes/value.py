"""What came out, as one immutable value: gathered from the tables, stored, compared. Nothing in it names a person.

How many inputs a statement stands on is told as the range of five in which it lies, by the same step as the figures
of participants: a number that goes up by one would tell what one person wrote.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Q

from agenda.programme.value import Programme
from agenda.publishing import versions
from conference.language.translated import NO_TEXT, Text
from conference.models import Edition
from contributions.floor.open_floors import place_of
from contributions.models import Became, Floor, Statement, Voice, VoiceState
from contributions.models.floors import about
from registration.figures.columns import STEP, lower_end
from registration.figures.tables import Cell

NOT_COUNTED = [VoiceState.HIDDEN, VoiceState.WITHDRAWN]


@dataclass(frozen=True)
class Said:
    """One statement as it is published."""

    uuid: str
    number: int
    theme: Text
    part: Text  # of the theme: an article or a topic; empty for the whole
    text: Text
    inputs_from: int  # the lower end of the range
    notes: int  # discussions of groups; a group is no person
    became: str
    answer: Text

    @property
    def inputs(self) -> Cell:
        return _range(self.inputs_from)

    @property
    def became_in_words(self) -> str:
        return str(Became(self.became).label)


@dataclass(frozen=True)
class Outcomes:
    statements: tuple[Said, ...] = ()
    inputs_from: int = 0  # of all that was written, whether a statement stands on it or not
    notes: int = 0

    @property
    def inputs(self) -> Cell:
        return _range(self.inputs_from)

    @property
    def by_theme(self) -> "Iterator[tuple[Text, list[Said]]]":
        """In the order of the numbers; a theme stands once for statements that follow each other."""
        for theme, found in groupby(self.statements, key=lambda one: one.theme):
            yield theme, list(found)


def gathered(edition: Edition) -> Outcomes:
    """From the tables, as they are now. As many queries for thousands of inputs as for one."""
    counted = ~Q(voices__state__in=NOT_COUNTED)
    rows = (
        Statement.objects.filter(edition=edition)
        .select_related("floor__session", "piece")
        .annotate(inputs=Count("voices", filter=counted, distinct=True), discussions=Count("notes", distinct=True))
        .order_by("number")
    )
    programme = versions.published(edition)
    said = tuple(_said(row, _theme(row.floor, programme), row.inputs, row.discussions) for row in rows)
    heard = Voice.objects.counting().filter(floor__edition=edition).count()
    notes = Floor.objects.filter(edition=edition).aggregate(number=Count("links__note"))["number"]
    return Outcomes(said, lower_end(heard), notes)


def to_json(outcomes: Outcomes) -> dict[str, Any]:
    return asdict(outcomes)


def from_json(data: dict[str, Any]) -> Outcomes:
    statements = tuple(Said(**(one | {name: Text(**one[name]) for name in _TEXTS})) for one in data["statements"])
    return Outcomes(statements, data["inputs_from"], data["notes"])


_TEXTS = ("theme", "part", "text", "answer")


def _theme(floor: Floor | None, programme: Programme) -> Text:
    """A session is called as it is published: the draft of the programme stays with the staff."""
    if floor is None:
        return NO_TEXT
    place = place_of(programme, floor.session)
    published: Text = place.session.title if place else NO_TEXT
    own: Text = floor.title
    return published or own


def _said(row: Statement, theme: Text, inputs: int, notes: int) -> Said:
    floor = row.floor
    part = about(floor, row.piece) if floor and row.piece else Text()
    return Said(
        uuid=str(row.uuid),
        number=row.number,
        theme=theme,
        part=part,
        text=row.text,
        inputs_from=lower_end(inputs),
        notes=notes,
        became=row.became,
        answer=row.answer,
    )


def _range(lowest: int) -> Cell:
    return Cell(lowest, lowest + STEP - 1)
