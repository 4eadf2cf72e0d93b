"""Days of judging that are made up: teams whose true order is known, and judges as they are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from hackathon.judging.method import Given

WEIGHTS = (0.3, 0.3, 0.2, 0.2)  # of the criteria
LOWEST, HIGHEST = 1, 5
MIDDLE = (LOWEST + HIGHEST) / 2
OF_TEAM, OF_CRITERION = 0.8, 0.5  # how far teams lie apart: in all that they do, and in one criterion more
MOOD, SPREAD = 0.3, 0.15  # how far ordinary judges lie apart: in mildness, and in how much of the scale they use
FAVOUR = 1.5  # to the team of a friend, in each criterion


@dataclass(frozen=True)
class Judge:
    mildness: float = 0.0
    spread: float = 1.0
    taste: float = 0.45  # an error that is the same in all criteria of a team
    error: float = 0.55  # one of each mark


@dataclass(frozen=True)
class Setting:
    """What kind of day it is. Of the judges the first are harsh, the next mild, and the last careless."""

    name: str
    judges: int
    teams: int
    harsh: int = 0
    mild: int = 0
    careless: int = 0
    missed: int = 0  # so many teams each judge did not see, by lot
    leaves: int | None = None  # this judge sees the first half only
    comes: int | None = None  # this judge sees the second half only
    friend: int | None = None  # this judge has a friend in one team and does not say so
    is_ours: bool = False  # it may stand for this conference
    is_uneven: bool = False  # judges differ in mildness, and not all see the same teams


HARSH_AND_MILD = Setting("one harsh, one mild", 5, 12, harsh=1, mild=1, is_ours=True, is_uneven=True)
SETTINGS = (
    Setting("all careful", 5, 8, is_ours=True),
    Setting("all careful", 5, 12, is_ours=True),
    Setting("one harsh, one mild; all see all", 5, 10, harsh=1, mild=1, is_ours=True),
    Setting("two careless", 5, 10, careless=2, is_ours=True),
    Setting("one has a friend and does not say so", 5, 8, friend=0, is_ours=True),
    Setting("one leaves half way", 5, 12, leaves=0, is_ours=True),
    replace(HARSH_AND_MILD, name="one harsh, one mild; each misses 3", teams=10, missed=3),
    replace(HARSH_AND_MILD, name="the harsh one leaves half way, the mild one comes then", leaves=0, comes=1),
    replace(
        HARSH_AND_MILD,
        name="harsh (leaves half way), mild, careless, a friend; each misses 3",
        careless=1,
        missed=3,
        leaves=0,
        friend=2,
    ),
    Setting("all careful", 3, 5),
    Setting("one harsh, one mild; each misses 5", 3, 12, harsh=1, mild=1, missed=5, is_uneven=True),
    Setting("two harsh, two mild; each sees 10", 7, 20, harsh=2, mild=2, missed=10, is_uneven=True),
)


@dataclass(frozen=True)
class MadeDay:
    merit: Sequence[float]  # of each team, as it truly is
    given: Given


def make_day(setting: Setting, chance: Random) -> MadeDay:
    merits = []
    for _team in range(setting.teams):
        whole = chance.gauss(0, OF_TEAM)
        merits.append([whole + chance.gauss(0, OF_CRITERION) for _criterion in WEIGHTS])
    of_friend = chance.randrange(setting.teams)
    given = {}
    judges = _judges(setting, chance)
    for judge, team in _seen(setting, chance):
        favour = FAVOUR if judge == setting.friend and team == of_friend else 0.0
        given[judge, team] = _points(judges[judge], merits[team], favour, chance)
    return MadeDay([_weighted(merit) for merit in merits], given)


def _points(judge: Judge, merit: Sequence[float], favour: float, chance: Random) -> float:
    """Marks are whole numbers from 1 to 5: at the ends of the scale a mild or harsh judge cannot say more."""
    shift = MIDDLE + judge.mildness + favour + chance.gauss(0, judge.taste)
    marks = [shift + judge.spread * one + chance.gauss(0, judge.error) for one in merit]
    return _weighted([min(HIGHEST, max(LOWEST, round(mark))) for mark in marks])


def _judges(setting: Setting, chance: Random) -> list[Judge]:
    judges = []
    for number in range(setting.judges):
        judge = Judge(chance.gauss(0, MOOD), math.exp(chance.gauss(0, SPREAD)))
        if number < setting.harsh:
            judge = replace(judge, mildness=judge.mildness - 1)
        elif number < setting.harsh + setting.mild:
            judge = replace(judge, mildness=judge.mildness + 1)
        if number >= setting.judges - setting.careless:
            judge = replace(judge, taste=1.0, error=1.2)
        judges.append(judge)
    return judges


def _seen(setting: Setting, chance: Random) -> list[tuple[int, int]]:
    """Which judge saw which team. A team that all missed is seen by one of them after all."""
    half, seen = setting.teams // 2, []
    for judge in range(setting.judges):
        missed = chance.sample(range(setting.teams), setting.missed)
        there = range(half if judge == setting.comes else 0, half if judge == setting.leaves else setting.teams)
        seen += [(judge, team) for team in there if team not in missed]
    alone = set(range(setting.teams)) - {team for _judge, team in seen}
    return seen + [(chance.randrange(setting.judges), team) for team in sorted(alone)]


def _weighted(values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))
