"""About what feedback can be given, from when, and how it is kept."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from agenda.choices import Kind
from agenda.feeds import inherited
from agenda.programme.value import Place, Programme
from conference import clock
from conference.models import Edition
from contributions.models import CommentState, Feedback, FeedbackRound


@dataclass(frozen=True)
class Subject:
    """A session with a page of its own; without one, the whole conference."""

    place: Place | None
    opens_at: datetime

    @property
    def uuid(self) -> uuid.UUID | None:
        return uuid.UUID(self.place.session.uuid) if self.place else None

    @property
    def code(self) -> str:
        return self.place.session.code if self.place else ""

    @property
    def has_begun(self) -> bool:
        return self.opens_at <= clock.now()


def round_of(edition: Edition) -> FeedbackRound | None:
    """One query for each edition that a page holds."""
    found: FeedbackRound | None = getattr(edition, "feedback_round", None)
    return found


def subject(edition: Edition, programme: Programme, code: str = "") -> Subject | None:
    """None for a session that is not held, has no page, or is none to judge: the anthem, the opening."""
    if not code:
        midnight = datetime.combine(edition.starts_on, datetime.min.time())
        return Subject(None, timezone.make_aware(midnight))
    place = programme.places.get(code)
    if place is None or not place.session.has_page or place.session.kind == Kind.CEREMONY:
        return None
    if not inherited.has_times(programme, place) or inherited.is_cancelled(programme, place):
        return None
    return Subject(place, inherited.moments(programme, place)[0])


def subjects(edition: Edition, programme: Programme) -> list[Subject]:
    """The sessions, in the order of the programme."""
    found = (subject(edition, programme, code) for code in programme.places)
    return [one for one in found if one]


def keep(edition: Edition, about: Subject, *, token: uuid.UUID, language: str, answers: dict[str, Any]) -> None:
    """A form that is sent twice counts once."""
    has_comment = bool(answers["good"] or answers["better"])
    Feedback.objects.get_or_create(
        form_token=token,
        defaults={
            "edition": edition,
            "session_uuid": about.uuid,
            "language": language,
            "comment_state": CommentState.UNREAD if has_comment else CommentState.NONE,
            **answers,
            "good": answers["good"] or None,
            "better": answers["better"] or None,
        },
    )
