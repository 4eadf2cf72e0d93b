"""A panel of judges, teams whose projects are in, and marks, in the fewest words."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from hackathon import links
from hackathon.judging import scoring
from hackathon.judging.scoring import Sent, Sheet
from hackathon.models import Criterion, Judge
from tests.hackathon.factories import make_team, past_deadline, send_project


def make_panel(hackathon, *, teams=3, judges=2, criteria=2):
    """The deadline is over, and every team has sent its project."""
    made = [make_team(hackathon, number) for number in range(1, teams + 1)]
    for team in made:
        send_project(team, title_en=f"Sample project {team.number}")
    for number in range(1, criteria + 1):
        Criterion.objects.create(hackathon=hackathon, name_en=f"Sample criterion {number}", position=number)
    panel = [Judge.objects.create(hackathon=hackathon, name_en=f"Sample Judge {number}") for number in range(judges)]
    past_deadline(hackathon)
    return made, [links.judge_for(links.token_for("judge", judge)) for judge in panel]


def give(judge, team, *marks, feedback="", at=None, by=None):
    """One mark for all criteria, or one for each."""
    criteria = list(judge.hackathon.criteria.all())
    if len(marks) == 1:
        marks *= len(criteria)
    sheet = Sheet({one.pk: mark for one, mark in zip(criteria, marks, strict=False)}, feedback)
    return scoring.keep(judge, {team.pk: Sent(sheet, at or timezone.now())}, by=by)


def give_all(judges, teams, table):
    """`table`: a row for each judge, a column for each team; None where the judge gives nothing."""
    for judge, row in zip(judges, table, strict=True):
        for team, mark in zip(teams, row, strict=True):
            if mark is not None:
                give(judge, team, mark)


def make_colleague(name="colleague"):
    return get_user_model().objects.get_or_create(username=name)[0]
