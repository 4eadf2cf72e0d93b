"""Teams and people of the hackathon in numbers.

The groups are small, and change by one person at a time: a reader who looks twice could tell the answer of the person
who came between. So true numbers of the answers are for staff who may see the rows anyway; all others see how many
teams and projects there are, and the people as the range of five that their number lies in.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference.words import digits
from hackathon.models import Hackathon
from registration.choices import Gender, Province, Sector
from registration.figures.columns import STEP, lower_end

ANSWERS: dict[str, tuple[str | Promise, type[TextChoices], str]] = {
    "province": (_("Province"), Province, "registration__province"),
    "sector": (_("Sector"), Sector, "registration__sector"),
    "gender": (_("Gender"), Gender, "registration__inclusion_answers__gender"),
}


@dataclass(frozen=True)
class Table:
    title: str | Promise
    rows: tuple[tuple[str | Promise, str], ...]  # the answer and its number, in words


@dataclass(frozen=True)
class Figures:
    teams: str
    projects: str
    people: str
    alone: str  # teams of one person
    tables: tuple[Table, ...]


def figures_of(hackathon: Hackathon, *, shown: tuple[str, ...]) -> Figures:
    """`shown`: of which answers this reader sees true numbers. Two queries, however many people there are."""
    names = ("team_id", *(ANSWERS[name][2] for name in shown))
    in_teams = hackathon.members.coming().exclude(team=None).filter(team__is_withdrawn=False)
    people = list(in_teams.order_by().select_related(None).values_list(*names))
    teams = list(hackathon.teams.taking_part().values_list("pk", "submission"))
    sizes = Counter(row[0] for row in people)
    tables = []
    for place, name in enumerate(shown, start=1):
        title, answers, _path = ANSWERS[name]
        given = Counter(row[place] or "" for row in people)
        rows: list[tuple[str | Promise, str]] = [
            (label, digits(given[value])) for value, label in answers.choices if given[value]
        ]
        if unknown := sum(given.values()) - sum(given[value] for value in answers.values):
            rows.append((_("Not answered"), digits(unknown)))
        tables.append(Table(title, tuple(rows)))
    return Figures(
        teams=digits(len(teams)),
        projects=digits(sum(submission is not None for _pk, submission in teams)),
        people=digits(len(people)) if shown else _range(len(people)),
        alone=digits(sum(size == 1 for size in sizes.values())) if shown else "",
        tables=tuple(tables),
    )


def _range(count: int) -> str:
    lowest = lower_end(count)
    return f"{digits(lowest)}–{digits(lowest + STEP - 1)}"
