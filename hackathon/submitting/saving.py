"""A team saves its project, until the deadline and not a moment later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hackathon.lock import project_of, team_lock
from hackathon.models import Submission, Team
from hackathon.submitting.arriving import arrived_at

SAVED = (
    *("theme", "title_en", "title_km", "summary_en", "summary_km", "repository", "slides", "demo"),
    *("data_used_en", "data_used_km", "licence"),
)


class Late(Exception):
    """It reached the site at or after the deadline. What was saved before stands."""

    def __init__(self, arrived: datetime, deadline: datetime) -> None:
        super().__init__()
        self.arrived, self.deadline = arrived, deadline


class SavedMeanwhile(Exception):
    """Another person of the team has saved since this page was opened. `standing`: what that person saved."""

    def __init__(self, standing: Submission) -> None:
        super().__init__()
        self.standing = standing


def save_project(team: Team, answers: Mapping[str, Any], *, version: int) -> Submission:
    """Whole, or not at all. `version`: of the project that the page showed, 0 where there was none.

    The moment of arrival is taken before the wait for the lock: a team that sends in time does not become late because
    others send too. The deadline is read under the lock.
    """
    arrived = arrived_at()
    with team_lock(team.pk) as locked:
        deadline = locked.hackathon.deadline
        if deadline and arrived >= deadline:
            raise Late(arrived, deadline)
        standing = project_of(locked)
        if standing and standing.version != version and _differs(standing, answers):
            raise SavedMeanwhile(standing)
        project = standing or Submission(team=locked, version=0)
        for name in SAVED:
            setattr(project, name, answers[name])
        project.version += 1
        project.saved_at = arrived
        project.save()
    return project


def _differs(standing: Submission, answers: Mapping[str, Any]) -> bool:
    """The same form that is sent twice is not two."""
    return any(getattr(standing, name) != answers[name] for name in SAVED)
