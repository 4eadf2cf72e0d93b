"""The methods that were compared. Each gives every team a value; the higher is the better."""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from statistics import fmean, median, pstdev

from hackathon.judging.method import Given, level, work_out

Method = Callable[[Given], Mapping[int, float]]

PRIOR = 0.5  # of a win and of a defeat against a team in the middle, so that no team that won all is without end
STEPS = 60
SETTLED = 1e-4


def mean(given: Given) -> dict[int, float]:
    of_team = defaultdict(list)
    for (_judge, team), points in given.items():
        of_team[team].append(points)
    return {team: fmean(points) for team, points in of_team.items()}


def standardised(given: Given) -> dict[int, float]:
    """What each judge gave, less the mean of this judge, by the spread of this judge."""
    own = {
        judge: (fmean(points.values()), pstdev(points.values()) or 1.0) for judge, points in _by_judge(given).items()
    }
    return mean({(judge, team): (points - own[judge][0]) / own[judge][1] for (judge, team), points in given.items()})


def median_of_ranks(given: Given) -> dict[int, float]:
    """The rank of a team among those that the judge saw, as a share of them."""
    ranks = defaultdict(list)
    for points in _by_judge(given).values():
        for team, value in points.items():
            better = sum(other > value for other in points.values())
            same = sum(other == value for other in points.values())
            ranks[team].append(-(better + same / 2) / len(points))
    return {team: median(values) for team, values in ranks.items()}


def pairwise(given: Given) -> dict[int, float]:
    """Bradley and Terry: how strong teams are, of which of two teams each judge gave more. All pairs of a judge count.

    A judge who is asked for pairs answers for a few of them only: this is the best that the method can do.
    """
    wins: dict[int, float] = defaultdict(float)
    met: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for points in _by_judge(given).values():
        for team, value in points.items():
            for other, of_other in points.items():
                if team != other:
                    wins[team] += 1.0 if value > of_other else 0.5 if value == of_other else 0.0
                    met[team][other] += 1.0
    strength = {team: 1.0 for _judge, team in given}
    for _step in range(STEPS):
        before = strength
        strength = {
            team: (wins[team] + PRIOR)
            / (2 * PRIOR / (own + 1) + sum(times / (own + before[other]) for other, times in met[team].items()))
            for team, own in before.items()
        }
        if all(abs(math.log(strength[team] / before[team])) < SETTLED for team in strength):
            break
    return strength


def levelled(given: Given) -> dict[int, float]:
    """The mildness of each judge taken out; all judges count alike."""
    points, _mildness = level(given, dict.fromkeys(sorted({judge for judge, _team in given}), 1.0))
    return points


def chosen(given: Given) -> Mapping[int, float]:
    return work_out(given).points


def _by_judge(given: Given) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for (judge, team), points in given.items():
        found[judge][team] = points
    return found


METHODS: Mapping[str, Method] = {
    "mean": mean,
    "standardised": standardised,
    "pairwise": pairwise,
    "median of ranks": median_of_ranks,
    "levelled": levelled,
    "levelled, weighted": chosen,
}
