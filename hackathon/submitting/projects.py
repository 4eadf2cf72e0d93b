"""The projects as they stand after the deadline: frozen values, for judges, pages and the hall."""

from dataclasses import dataclass
from datetime import datetime

from conference.language.translated import NO_TEXT, Text
from hackathon.models import Hackathon, Submission


@dataclass(frozen=True)
class Project:
    team_pk: int
    number: int
    name: str  # of the team
    pitch_no: int | None
    theme: Text
    title: Text
    summary: Text
    data_used: Text
    repository: str
    slides: str
    demo: str
    licence: str
    later: Text
    is_shown: bool
    saved_at: datetime


def submitted(hackathon: Hackathon) -> tuple[Project, ...]:
    """In the order in which the teams present; by their number where it is not drawn. Nothing before the deadline."""
    if not hackathon.is_past_deadline:
        return ()
    rows = Submission.objects.filter(team__hackathon=hackathon.pk, team__is_withdrawn=False)
    found = [_project(row) for row in rows.select_related("team", "theme")]
    return tuple(sorted(found, key=lambda one: (one.pitch_no is None, one.pitch_no or 0, one.number)))


def shown(hackathon: Hackathon) -> tuple[Project, ...]:
    """Those with a public page: once staff show them, and as long as the team wants it."""
    if not hackathon.projects_shown:
        return ()
    return tuple(one for one in submitted(hackathon) if one.is_shown)


def _project(row: Submission) -> Project:
    return Project(
        team_pk=row.team.pk,
        number=row.team.number,
        name=row.team.name,
        pitch_no=row.team.pitch_no,
        theme=row.theme.title if row.theme else NO_TEXT,
        title=row.title,
        summary=row.summary,
        data_used=row.data_used,
        repository=row.repository,
        slides=row.slides,
        demo=row.demo,
        licence=row.licence,
        later=row.team.later,
        is_shown=row.team.is_shown,
        saved_at=row.saved_at,
    )
