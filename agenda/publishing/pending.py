"""What is saved and not yet public, told on every page of the staff's agenda: counted anew only after a change."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.cache import cache

from agenda.publishing import versions
from agenda.publishing.mark import KEPT, mark_of_draft
from conference.models import Edition


@dataclass(frozen=True)
class Pending:
    edition: Edition
    changes: int
    is_published: bool  # at least once

    @property
    def waits(self) -> bool:
        return bool(self.changes) or not self.is_published


def pending(mark: str | None = None) -> list[Pending]:
    """Of each edition, the latest first. `mark` where the caller has asked for it already."""
    mark = mark or mark_of_draft()
    found = []
    for edition in Edition.objects.latest_first():
        key = f"pending:{edition.pk}:{mark}"
        counted: Any = cache.get_or_set(key, partial(_compared, edition), KEPT)
        found.append(Pending(edition, *counted))
    return found


def _compared(edition: Edition) -> tuple[int, bool]:
    now = versions.unpublished(edition)
    return len(now.lines), now.latest is not None
