"""Rows of a hackathon, with honest defaults."""

from datetime import timedelta

from django.utils import timezone

from hackathon.choices import Spoken
from hackathon.models import Hackathon, Member, Mentor, MentorHour, Team
from hackathon.submitting.saving import save_project
from tests.factories import make_registration

SAID = {"spoken": [Spoken.KHMER], "skills": [], "contact": ""}


def make_hackathon(edition, *, hours=24, **fields):
    """The call is public, and the deadline is in so many hours."""
    columns = {"is_published": True, "about_en": "Sample call", "deadline": timezone.now() + timedelta(hours=hours)}
    return Hackathon.objects.create(edition=edition, **columns | fields)


def make_team(hackathon, number=1, **fields):
    columns = {"name": f"Sample team {number}", **fields}
    return Team.objects.create(hackathon=hackathon, number=number, **columns)


def make_member(hackathon, team=None, *, spoken=(Spoken.KHMER,), skills=(), **person):
    registration = make_registration(hackathon.edition, **person)
    columns = {"spoken": list(spoken), "skills": list(skills)}
    return Member.objects.create(hackathon=hackathon, team=team, registration=registration, **columns)


def project_columns(**changes):
    empty = dict.fromkeys(
        ["title_km", "summary_en", "summary_km", "repository", "slides", "demo", "data_used_en", "data_used_km"], ""
    )
    return {"theme": None, "title_en": "Sample project", "licence": "", **empty, **changes}


def send_project(team, **changes):
    return save_project(team, project_columns(**changes), version=0)


def make_hour(hackathon, *, hours=1, **mentor):
    known = Mentor.objects.create(hackathon=hackathon, **{"name_en": "Sample Mentor", **mentor})
    begins = timezone.now() + timedelta(hours=hours)
    return MentorHour.objects.create(mentor=known, starts_at=begins, ends_at=begins + timedelta(hours=1))


def past_deadline(hackathon):
    """The deadline was a second ago."""
    Hackathon.objects.filter(pk=hackathon.pk).update(deadline=timezone.now() - timedelta(seconds=1))
    hackathon.refresh_from_db()
