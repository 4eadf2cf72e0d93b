"""The result as it stands: the place of each team, and how it comes about. It is worked out anew each time."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from statistics import fmean

from hackathon.judging.method import Given, Outcome, work_out
from hackathon.judging.scoring import Sheet, sheet_of
from hackathon.models import Conflict, Criterion, Hackathon, Judge, Score, TieBreak
from hackathon.submitting.projects import Project, submitted

DECIMALS = 2  # teams whose points are the same so far are tied: no page says more of them


@dataclass(frozen=True)
class Placed:
    project: Project
    place: int | None = None  # None: no judge has given this team all marks
    points: float | None = None
    mean: float | None = None  # of what the judges gave, for comparison
    judges: int = 0  # who gave it all marks
    is_tied: bool = False  # another team has the same place


@dataclass(frozen=True)
class OfJudge:
    judge: Judge
    complete: int
    begun: tuple[Project, ...]  # some marks are there, others are missing: they do not count
    missing: tuple[Project, ...]  # those that are begun are among them
    kept_out: tuple[Project, ...]  # for a conflict of interest
    mildness: float | None = None  # below zero is severe; None: there is nothing to tell it by
    weight: float = 1.0


@dataclass(frozen=True)
class Tie:
    place: int
    projects: tuple[Project, ...]
    decided: TieBreak | None  # None: they share the place


@dataclass(frozen=True)
class Standing:
    criteria: tuple[Criterion, ...]
    rows: tuple[Placed, ...]  # the best first; those without a place last
    judges: tuple[OfJudge, ...]
    ties: tuple[Tie, ...]

    @cached_property
    def digest(self) -> str:
        """Of what staff see before they publish: what they did not see is not published."""
        said = [(row.project.team_pk, row.place, row.points) for row in self.rows]
        return hashlib.sha256(str(said).encode()).hexdigest()[:16]

    @property
    def missing(self) -> int:
        """How many times a judge has still to judge a team."""
        return sum(len(one.missing) for one in self.judges)


def standing_of(hackathon: Hackathon) -> Standing:
    """A fixed number of queries, however many teams and judges there are."""
    criteria, projects = tuple(hackathon.criteria.all()), submitted(hackathon)
    sheets = _sheets(hackathon, criteria)
    kept_out = set(Conflict.objects.filter(judge__hackathon=hackathon.pk).values_list("judge", "team"))
    given = _given(sheets, criteria, {project.team_pk for project in projects}, kept_out)
    outcome = work_out(given)
    rows, ties = _placed(projects, given, outcome, list(hackathon.tie_breaks.all()))
    judges = tuple(_of_judge(judge, projects, sheets, given, kept_out, outcome) for judge in hackathon.judges.all())
    return Standing(criteria, tuple(rows), judges, tuple(ties))


def points_of(sheet: Sheet, criteria: Collection[Criterion]) -> float | None:
    """The weighted mean of the marks, or None where one is missing."""
    if not criteria or any(one.pk not in sheet.marks for one in criteria):
        return None
    total = sum(one.weight for one in criteria)
    return sum(one.weight * sheet.marks[one.pk] for one in criteria) / total


def _sheets(hackathon: Hackathon, criteria: Collection[Criterion]) -> dict[tuple[int, int], Sheet]:
    scores = Score.objects.filter(judge__hackathon=hackathon.pk)
    return {(score.judge_id, score.team_id): sheet_of(score, criteria) for score in scores}


def _given(
    sheets: Mapping[tuple[int, int], Sheet],
    criteria: Collection[Criterion],
    teams: Collection[int],
    kept_out: Collection[tuple[int, int]],
) -> dict[tuple[int, int], float]:
    found = {}
    for (judge, team), sheet in sorted(sheets.items()):
        points = points_of(sheet, criteria)
        if points is not None and team in teams and (judge, team) not in kept_out:
            found[judge, team] = points
    return found


def _placed(
    projects: Sequence[Project], given: Given, outcome: Outcome, decided: Sequence[TieBreak]
) -> tuple[list[Placed], list[Tie]]:
    points = {team: round(value, DECIMALS) + 0.0 for team, value in outcome.points.items()}
    judged = sorted((one for one in projects if one.team_pk in points), key=lambda one: -points[one.team_pk])
    rows: list[Placed] = []
    ties: list[Tie] = []
    for _points, equal in groupby(judged, key=lambda one: points[one.team_pk]):
        tied = list(equal)
        first, decision = len(rows) + 1, _decision(tied, decided)
        if len(tied) > 1:
            ties.append(Tie(first, tuple(tied), decision))
        if decision:
            tied.sort(key=lambda one: decision.order.index(one.team_pk))
        for number, project in enumerate(tied):
            own = [value for (_judge, team), value in given.items() if team == project.team_pk]
            rows.append(
                Placed(
                    project,
                    place=first + number if decision else first,
                    points=points[project.team_pk],
                    mean=fmean(own),
                    judges=len(own),
                    is_tied=len(tied) > 1 and not decision,
                )
            )
    return rows + [Placed(one) for one in projects if one.team_pk not in points], ties


def _decision(tied: Collection[Project], decided: Sequence[TieBreak]) -> TieBreak | None:
    """The last one that is about just these teams."""
    keys = sorted(one.team_pk for one in tied)
    return next((one for one in reversed(decided) if len(tied) > 1 and sorted(one.order) == keys), None)


def _of_judge(
    judge: Judge,
    projects: Sequence[Project],
    sheets: Mapping[tuple[int, int], Sheet],
    given: Given,
    kept_out: Collection[tuple[int, int]],
    outcome: Outcome,
) -> OfJudge:
    def those(choose: Iterator[bool]) -> tuple[Project, ...]:
        return tuple(project for project, is_one in zip(projects, choose, strict=True) if is_one)

    keys = [(judge.pk, project.team_pk) for project in projects]
    return OfJudge(
        judge,
        complete=sum(key in given for key in keys),
        begun=those(key not in given and key not in kept_out and bool(_marks(sheets, key)) for key in keys),
        missing=those(key not in given and key not in kept_out for key in keys),
        kept_out=those(key in kept_out for key in keys),
        mildness=outcome.mildness.get(judge.pk),
        weight=outcome.weight.get(judge.pk, 1.0),
    )


def _marks(sheets: Mapping[tuple[int, int], Sheet], key: tuple[int, int]) -> Mapping[int, int]:
    return sheets[key].marks if key in sheets else {}
