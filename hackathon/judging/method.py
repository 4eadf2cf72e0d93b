"""From what the judges gave to the points of each team: the method of the results (docs/judging.md says why).

A judge who is severe with all teams must not cost the teams that met this judge, nor a mild one favour them. So what
each judge gave is taken as the team's points plus the mildness of this judge, and both are found together, by least
squares. The mildness is drawn a little towards none: of a judge who saw two teams little is known. A judge whose marks
often go another way than those of all others counts a little less.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Given = Mapping[tuple[int, int], float]  # by judge and team: the points of one judge for one team

TOWARDS_NONE = 0.5  # as if each judge had also seen half a team, and had been as mild as the others there
TRUSTED_AS = 20  # as if each judge had also given twenty teams marks with the usual error
ROUNDS = 4  # the weights no longer move after them
NO_ERROR = 1e-9


@dataclass(frozen=True)
class Outcome:
    points: Mapping[int, float]  # of each team, with the mildness of its judges taken out
    mildness: Mapping[int, float]  # of each judge: below zero is severe
    weight: Mapping[int, float]  # of each judge: 1 is the usual


def work_out(given: Given) -> Outcome:
    judges = sorted({judge for judge, _team in given})
    weight = dict.fromkeys(judges, 1.0)
    for _round in range(ROUNDS):
        points, mildness = level(given, weight)
        weight = _weights(given, points, mildness)
    points, mildness = level(given, weight)
    return Outcome(points, mildness, weight)


def level(given: Given, weight: Mapping[int, float]) -> tuple[dict[int, float], dict[int, float]]:
    """The points of each team and the mildness of each judge that fit what was given best.

    The points of a team are the mean of what it was given less the mildness of each judge. Put into the sum of the
    squares, this leaves one equation for each judge.
    """
    place = {judge: number for number, judge in enumerate(weight)}
    left = [[TOWARDS_NONE if row == column else 0.0 for column in place.values()] for row in place.values()]
    right = [0.0] * len(place)
    of_team = defaultdict(list)
    for (judge, team), points in given.items():
        of_team[team].append((place[judge], points, weight[judge]))
    for seen in of_team.values():
        sum_of_weights = sum(share for _row, _points, share in seen)
        mean = sum(points * share for _row, points, share in seen) / sum_of_weights
        for row, points, share in seen:
            left[row][row] += share
            right[row] += share * (points - mean)
            for column, _points, other in seen:
                left[row][column] -= share * other / sum_of_weights
    solved = _solved(left, right)
    points_of = {
        team: sum((points - solved[row]) * share for row, points, share in seen) / sum(share for *_, share in seen)
        for team, seen in of_team.items()
    }
    return points_of, dict(zip(place, solved, strict=True))


def _weights(given: Given, points: Mapping[int, float], mildness: Mapping[int, float]) -> dict[int, float]:
    """The usual squared error, by that of this judge."""
    errors = defaultdict(list)
    for (judge, team), value in given.items():
        errors[judge].append((value - points[team] - mildness[judge]) ** 2)
    usual = sum(map(sum, errors.values())) / len(given) if given else 0.0
    if usual < NO_ERROR:
        return dict.fromkeys(mildness, 1.0)
    return {
        judge: usual * (len(errors[judge]) + TRUSTED_AS) / (sum(errors[judge]) + usual * TRUSTED_AS)
        for judge in mildness
    }


def _solved(left: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Linear equations, by elimination. The largest entry of a column leads, so that no division is by zero."""
    rows = [[*row, value] for row, value in zip(left, right, strict=True)]
    for step in range(len(rows)):
        lead = max(range(step, len(rows)), key=lambda row: abs(rows[row][step]))
        rows[step], rows[lead] = rows[lead], rows[step]
        for row in rows[step + 1 :]:
            times = row[step] / rows[step][step]
            for column in range(step, len(row)):
                row[column] -= times * rows[step][column]
    found = [0.0] * len(rows)
    for step in reversed(range(len(rows))):
        known = sum(rows[step][column] * found[column] for column in range(step + 1, len(rows)))
        found[step] = (rows[step][-1] - known) / rows[step][step]
    return found
