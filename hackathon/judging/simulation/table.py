"""How often each method finds the right winner and the right three, as a table in Markdown."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from hackathon.judging.simulation.days import SETTINGS, Setting, make_day
from hackathon.judging.simulation.methods import METHODS

SEED = 2026
RUNS = 4000
WITHIN_95 = 1.96  # deviations


@dataclass
class Found:
    """In how many days a method was right."""

    winner: int = 0
    three: int = 0


def compare(setting: Setting, runs: int, seed: int = SEED) -> dict[str, Found]:
    """Each method sees the same days. Teams that a method holds for equal are put in order by lot."""
    chance = Random(f"{seed} {setting.judges} {setting.teams} {setting.name}")  # noqa: S311 -- no secret: the same again is wanted
    found = {name: Found() for name in METHODS}
    for _run in range(runs):
        day = make_day(setting, chance)
        right = sorted(range(setting.teams), key=day.merit.__getitem__, reverse=True)
        lot = [chance.random() for _team in right]
        for name, method in METHODS.items():
            value = method(day.given)
            order = sorted(right, key=lambda team: (value[team], lot[team]), reverse=True)
            found[name].winner += order[0] == right[0]
            found[name].three += set(order[:3]) == set(right[:3])
    return found


def wilson(right: int, runs: int) -> tuple[float, float]:
    """In which a share surely lies, in 95 of 100 cases (Wilson's interval)."""
    share, square = right / runs, WITHIN_95**2 / runs
    middle = (share + square / 2) / (1 + square)
    half = WITHIN_95 * math.sqrt(share * (1 - share) / runs + square / runs / 4) / (1 + square)
    return middle - half, middle + half


def lines(runs: int = RUNS, seed: int = SEED) -> Iterator[str]:
    yield " | ".join(["| judges", "teams", "what happens", "right", *METHODS]) + " |"
    yield "|---:|---:|---|---|" + "---:|" * len(METHODS)
    for setting in SETTINGS:
        found = compare(setting, runs, seed)
        marks = "●" * setting.is_ours + "▲" * setting.is_uneven
        head = f"| {setting.judges} | {setting.teams} | {' '.join(filter(None, [setting.name, marks]))} |"
        yield f"{head} winner | {_cells({name: one.winner for name, one in found.items()}, runs)} |"
        yield f"| | | | three | {_cells({name: one.three for name, one in found.items()}, runs)} |"


def _cells(right: Mapping[str, int], runs: int) -> str:
    return " | ".join(f"{one / runs:.1%} ({_interval(one, runs)})" for one in right.values())


def _interval(right: int, runs: int) -> str:
    low, high = wilson(right, runs)
    return f"{low * 100:.1f}–{high * 100:.1f}"
