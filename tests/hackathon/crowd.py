"""A hackathon with many teams, people, projects, booked hours and marks, in few statements."""

from datetime import timedelta

from django.utils import timezone

from hackathon.models import Conflict, Criterion, Judge, Member, Mentor, MentorHour, Score, Submission, Team
from registration.choices import Province, Status
from registration.models import Registration

JUDGES = 5


def make_frame(hackathon):
    """What does not grow: criteria, judges, a mentor, awards, a theme, data."""
    hackathon.themes.create(title_en="Sample theme")
    hackathon.data_sets.create(title_en="Sample data", url="https://example.org/data")
    for number in range(1, 4):
        Criterion.objects.create(hackathon=hackathon, name_en=f"Sample criterion {number}", weight=number)
        hackathon.prizes.create(place=number)
    for number in range(1, JUDGES + 1):
        Judge.objects.create(hackathon=hackathon, name_en=f"Sample Judge {number}", position=number)
    Mentor.objects.create(hackathon=hackathon, name_en="Sample Mentor")


def make_teams(hackathon, numbers):
    """Each with a person, a project, an hour of a mentor and marks of each judge; one more person looks for a team."""
    made = [Team(hackathon=hackathon, number=one, name=f"Sample team {one}", pitch_no=one) for one in numbers]
    teams = Team.objects.bulk_create(made)
    now = timezone.now()
    title = {"title_en": "Sample project", "summary_en": "Sample words. " * 40, "theme": hackathon.themes.get()}
    Submission.objects.bulk_create(Submission(team=team, saved_at=now, **title) for team in teams)
    known = Registration.objects.count()
    person = {"edition": hackathon.edition, "status": Status.CONFIRMED}
    people = Registration.objects.bulk_create(
        Registration(
            name_latin=f"KUMROU {turn}", phone=f"+855129{turn:05}", province=province, place_no=known + turn, **person
        )
        for turn, province in enumerate([Province.KEP, Province.TAKEO] * len(teams), start=1)
    )
    seated = [*teams, *[None] * len(teams)]
    Member.objects.bulk_create(
        Member(hackathon=hackathon, registration=person, team=team, spoken=["km"], skills=["maps"])
        for person, team in zip(people, seated, strict=True)
    )
    mentor = Mentor.objects.get(hackathon=hackathon)
    begins = {team.pk: now + timedelta(hours=team.number) for team in teams}
    hours = [(team, begins[team.pk]) for team in teams] + [
        (None, at + timedelta(minutes=30)) for at in begins.values()
    ]
    MentorHour.objects.bulk_create(
        MentorHour(mentor=mentor, team=team, starts_at=at, ends_at=at + timedelta(minutes=20)) for team, at in hours
    )
    criteria, judges = list(hackathon.criteria.all()), list(hackathon.judges.all())
    Score.objects.bulk_create(
        Score(
            judge=judge,
            team=team,
            marks={str(one.pk): 1 + (team.number * 7 + judge.pk + place) % 5 for place, one in enumerate(criteria)},
            is_complete=True,
            feedback=f"Sample words for team {team.number}",
            given_at=now,
        )
        for judge in judges
        for team in teams
        if (7 * judge.position + team.number) % 36  # each judge may not judge some teams
    )
    Conflict.objects.bulk_create(
        Conflict(judge=judge, team=team)
        for judge in judges
        for team in teams
        if (7 * judge.position + team.number) % 36 == 0
    )
