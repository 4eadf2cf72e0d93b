"""The comparison of methods: the table in docs/judging.md, and what the method that we use must hold by it."""

import re
from itertools import pairwise

import pytest
from django.conf import settings

from hackathon.judging.simulation.days import SETTINGS
from hackathon.judging.simulation.methods import METHODS, chosen
from hackathon.judging.simulation.table import compare, lines, wilson

RUNS_IN_TEST = 200
CHOSEN = next(name for name, method in METHODS.items() if method is chosen)


def table():
    """The shares of each method in percent: by the setting's row and what was to be found."""
    text = (settings.BASE_DIR / "docs" / "judging.md").read_text(encoding="utf-8")
    lines_of_table = text[text.index("| judges |") :].splitlines()
    rows = [re.split(r"\s*\|\s*", line.strip("| ")) for line in lines_of_table if line.startswith("|")]
    head, _rule, *rows = rows
    assert head[4:] == list(METHODS)
    return [
        (setting, {name: [float(cell.partition("%")[0]) for cell in cells] for name, *cells in columns})
        for setting, (winner, three) in zip(SETTINGS, zip(rows[::2], rows[1::2], strict=True), strict=True)
        for columns in [list(zip(METHODS, winner[-len(METHODS) :], three[-len(METHODS) :], strict=True))]
    ]


def test_the_table_is_of_these_settings():
    text = (settings.BASE_DIR / "docs" / "judging.md").read_text(encoding="utf-8")

    assert len(SETTINGS) == 12
    for setting in SETTINGS:
        assert f"| {setting.judges} | {setting.teams} | {setting.name}" in text


def test_no_other_method_is_much_better_on_a_day_of_ours():
    ours = [(setting, shares) for setting, shares in table() if setting.is_ours]

    assert all(setting.judges == 5 and 8 <= setting.teams <= 12 for setting, _shares in ours)
    for setting, shares in ours:
        for right in (0, 1):
            best = max(of_method[right] for of_method in shares.values())
            assert shares[CHOSEN][right] >= best - 2, setting


def test_it_is_much_better_than_the_mean_where_judges_are_uneven():
    uneven = [(setting, shares) for setting, shares in table() if setting.is_uneven]

    assert len(uneven) >= 3
    for setting, shares in uneven:
        for right in (0, 1):
            assert shares[CHOSEN][right] >= shares["mean"][right] + 5, setting


def test_the_same_seed_gives_the_same_table():
    first, second, third = list(lines(2)), list(lines(2)), list(lines(2, seed=1))

    assert first == second != third


def test_the_table_is_of_this_code():
    """With few days only, so that it takes no time: far from the table is what another method would give."""
    setting, shares = table()[9]
    found = compare(setting, RUNS_IN_TEST)

    assert (setting.judges, setting.teams) == (3, 5)
    for name, one in found.items():
        assert one.winner * 100 / RUNS_IN_TEST == pytest.approx(shares[name][0], abs=10)
        assert one.three * 100 / RUNS_IN_TEST == pytest.approx(shares[name][1], abs=10)


@pytest.mark.parametrize(("right", "runs"), [(0, 10), (5, 10), (10, 10), (2800, 4000)])
def test_an_interval_holds_its_share(right, runs):
    low, high = wilson(right, runs)

    assert -1e-9 <= low <= right / runs <= high <= 1 + 1e-9


def test_more_days_give_a_narrower_interval():
    widths = [high - low for low, high in (wilson(runs * 7 // 10, runs) for runs in (10, 100, 1000))]

    assert all(wide > narrow for wide, narrow in pairwise(widths))
