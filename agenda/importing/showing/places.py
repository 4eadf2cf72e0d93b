"""The rooms and tracks that an import would make, named before it makes them."""

from django.utils.translation import gettext as _

from agenda.importing import steps
from agenda.importing.recognising.people import loose
from agenda.importing.recognising.proposal import Proposed
from agenda.importing.steps import Plan
from conference.language.translated import Text
from conference.models import Edition
from conference.words import comma


def new_places(edition: Edition, plan: Plan) -> list[tuple[str, str]]:
    """[("New rooms", their names)], without those that the edition has. Two queries."""
    rooms = {one.room: one.room for one in _written(plan, "room")}
    tracks = {
        one.track: str(Text(*steps.TRACK_NAMES.get(one.track, (one.track, "")))) for one in _written(plan, "track")
    }
    known_rooms = {loose(text) for row in edition.rooms.all() for text in (row.name.en, row.name.km)}
    known_tracks = {loose(text) for row in edition.tracks.all() for text in (row.name.en, row.name.km)}
    found = [
        (_("New rooms"), [name for name in rooms.values() if name and loose(name) not in known_rooms]),
        (_("New tracks"), [name for name in tracks.values() if name and loose(name) not in known_tracks]),
    ]
    return [(what, comma().join(names)) for what, names in found if names]


def _written(plan: Plan, field: str) -> list[Proposed]:
    """The proposed sessions of which this field would be written."""
    found: list[Proposed] = []
    for step in plan.of(steps.CREATE, steps.CHANGE):
        if step.place is not None and (step.what == steps.CREATE or any(one.field == field for one in step.changes)):
            found += plan.items[step.place].proposed.walk()
    return found
