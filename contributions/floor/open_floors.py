"""Which floors the public sees, by which title, and what stands on one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from agenda.models import Session
from agenda.programme.value import Place, Programme
from agenda.publishing import versions
from conference.language.translated import NO_TEXT, Text
from conference.models import Edition
from contributions.models import Floor, Piece, VoiceState

SHOWN = Q(voices__state=VoiceState.SHOWN, voices__merged_into=None)


@dataclass(frozen=True)
class OpenFloor:
    row: Floor
    title: Text
    session_code: str = ""  # by which the published agenda calls the session

    @property
    def is_of_session(self) -> bool:
        return self.row.session_id is not None


def open_floors(edition: Edition) -> list[OpenFloor]:
    """Two queries: the floors, and the published programme."""
    rows = list(public_floors(edition).order_by("takes", "pk"))
    programme = versions.published(edition)
    return [found for row in rows if (found := _opened(row, place_of(programme, row.session)))]


def open_floor(edition: Edition, code: str) -> OpenFloor | None:
    row = public_floors(edition).filter(code=code).first()
    return _opened(row, _place(row)) if row else None


def _opened(row: Floor, place: Place | None) -> OpenFloor | None:
    """None while its session is only in the draft."""
    title = _title_at(row, place)
    return OpenFloor(row, title, place.session.code if place else "") if title else None


def place_of(programme: Programme, session: Session | None) -> Place | None:
    """Where the session is published. It may have another id in the draft."""
    key = session and str(session.uuid)
    return next((one for one in programme.places.values() if one.session.uuid == key), None)


def floor_of_session(edition: Edition, session_code: str) -> Floor | None:
    rows = [row for row in public_floors(edition) if row.session]
    place = versions.published(edition).places.get(session_code) if rows else None
    return next((row for row in rows if place and row.session and str(row.session.uuid) == place.session.uuid), None)


def has_open_floors(edition: Edition) -> bool:
    return public_floors(edition).filter(is_open=True).exists()


def title_of(floor: Floor) -> Text | None:
    """Of a session as it is published; None while it is only in the draft."""
    return _title_at(floor, _place(floor))


def _place(floor: Floor) -> Place | None:
    return place_of(versions.published(floor.edition), floor.session) if floor.session else None


def _title_at(floor: Floor, place: Place | None) -> Text | None:
    own: Text = floor.title
    if floor.session is None:
        return own
    published: Text = (place.session.title or place.session.label or own) if place else NO_TEXT
    return published or None


def pieces_with_numbers(floor: Floor) -> QuerySet[Piece]:
    """The pieces of the draft, each with how many inputs are shown."""
    return floor.pieces.filter(is_gone=False).annotate(shown=Count("voices", filter=SHOWN))


def public_floors(edition: Any) -> QuerySet[Floor]:
    return Floor.objects.filter(edition=edition, is_public=True).select_related("session", "edition")
