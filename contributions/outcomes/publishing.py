"""The report that is public stays as it was published; the next one is another version."""

import json
from dataclasses import dataclass
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from conference import clock
from conference.models import Edition
from contributions.models import OutcomeVersion, Voice
from contributions.outcomes.differences import Changed, differences
from contributions.outcomes.value import Outcomes, Said, from_json, gathered, to_json


class NotPublished(Exception):
    """Something has changed since the person who publishes has looked, or nothing is new."""


@dataclass(frozen=True)
class Published:
    version: OutcomeVersion
    outcomes: Outcomes
    changes: list[Changed]  # since the version before


@dataclass(frozen=True)
class Waiting:
    """What a press would publish now."""

    outcomes: Outcomes
    changes: list[Changed]
    latest: OutcomeVersion | None

    @property
    def mark(self) -> str:
        content = json.dumps(to_json(self.outcomes), sort_keys=True)
        return sha256(f"{self.latest and self.latest.number} {content}".encode()).hexdigest()[:16]

    @property
    def is_new(self) -> bool:
        if self.latest is None:
            return bool(self.outcomes.statements)
        return from_json(self.latest.data) != self.outcomes


def latest_of(edition: Edition) -> OutcomeVersion | None:
    return OutcomeVersion.objects.filter(edition=edition).order_by("-number").first()


def published(edition: Edition, number: int | None = None) -> Published | None:
    """The latest report, or the one with this number."""
    rows = OutcomeVersion.objects.filter(edition=edition).order_by("-number")
    if number is not None:
        rows = rows.filter(number__lte=number)
    found = list(rows[:2])
    if not found or (number is not None and found[0].number != number):
        return None
    outcomes = from_json(found[0].data)
    before = from_json(found[1].data) if len(found) > 1 else None
    return Published(found[0], outcomes, differences(before, outcomes) if before else [])


def waiting(edition: Edition) -> Waiting:
    latest, now = latest_of(edition), gathered(edition)
    return Waiting(now, differences(from_json(latest.data), now) if latest else [], latest)


def publish(edition: Edition, user: User, mark: str) -> OutcomeVersion:
    """`mark` is of what the person has seen. Raises NotPublished."""
    found = waiting(edition)
    if mark != found.mark or not found.is_new:
        raise NotPublished
    number = found.latest.number + 1 if found.latest else 1
    try:
        with transaction.atomic():
            return OutcomeVersion.objects.create(
                edition=edition, number=number, data=to_json(found.outcomes), published_by=user
            )
    except IntegrityError:  # a colleague published at the same moment
        raise NotPublished from None


def published_for(voice: Voice) -> list[Said]:
    """The published statements that stand on this input."""
    latest = latest_of(voice.floor.edition)
    if latest is None:
        return []
    keys = {str(uuid) for uuid in voice.statements.values_list("uuid", flat=True)}
    return [one for one in from_json(latest.data).statements if one.uuid in keys]


def draft(edition: Edition, found: Waiting, number: int) -> Published:
    """What waits, as if it had been published now. Nothing is stored."""
    return Published(
        OutcomeVersion(edition=edition, number=number, published_at=clock.now()), found.outcomes, found.changes
    )
