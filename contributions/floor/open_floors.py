"""Which floors the public sees, by which title, and what stands on one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from agenda.publishing import versions
from conference.language.translated import Text
from conference.models import Edition
from contributions.models import Floor, Piece, VoiceState

SHOWN = Q(voices__state=VoiceState.SHOWN, voices__merged_into=None)


@dataclass(frozen=True)
class OpenFloor:
    row: Floor
    title: Text

    @property
    def is_of_session(self) -> bool:
        return self.row.session_id is not None


def open_floors(edition: Edition) -> list[OpenFloor]:
    """Two queries: the floors, and the published programme."""
    rows = list(public_floors(edition).order_by("takes", "pk"))
    return [OpenFloor(row, title) for row in rows if (title := title_of(row))]


def open_floor(edition: Edition, code: str) -> OpenFloor | None:
    row = public_floors(edition).filter(code=code).first()
    title = title_of(row) if row else None
    return OpenFloor(row, title) if row and title else None


def floor_of_session(edition: Edition, session_code: str) -> Floor | None:
    return public_floors(edition).filter(session__code=session_code).first()


def has_open_floors(edition: Edition) -> bool:
    return public_floors(edition).filter(is_open=True).exists()


def title_of(floor: Floor) -> Text | None:
    """Of a session as it is published; None while it is only in the draft."""
    if floor.session is None:
        title: Text = floor.title
        return title
    place = versions.published(floor.edition).places.get(floor.session.code)
    if place is None:
        return None
    published: Text = place.session.title or place.session.label
    return published or floor.title or None


def pieces_with_numbers(floor: Floor) -> QuerySet[Piece]:
    """The pieces of the draft, each with how many inputs are shown."""
    return floor.pieces.filter(is_gone=False).annotate(shown=Count("voices", filter=SHOWN))


def public_floors(edition: Any) -> QuerySet[Floor]:
    return Floor.objects.filter(edition=edition, is_public=True).select_related("session", "edition")
