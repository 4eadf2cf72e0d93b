"""What is saved and not yet public, told on every page of the staff's agenda: counted anew only after a change."""

from dataclasses import dataclass

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
        counted: tuple[int, bool] | None = cache.get(key)
        if counted is None:
            now = versions.unpublished(edition)
            counted = len(now.lines), now.latest is not None
            cache.set(key, counted, KEPT)
        found.append(Pending(edition, *counted))
    return found
