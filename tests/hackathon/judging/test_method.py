"""Points of the teams from what the judges gave: severe and missing judges must not decide."""

import pytest

from hackathon.judging.method import work_out
from hackathon.judging.simulation.methods import mean

MERIT = {1: 4.0, 2: 3.5, 3: 3.0, 4: 2.5}
MILDNESS = {10: -1.0, 20: 0.0, 30: 0.5}


def given(*seen):
    return {(judge, team): MERIT[team] + MILDNESS[judge] for judge, team in seen}


def order(points):
    return sorted(points, key=points.__getitem__, reverse=True)


def test_a_team_does_not_lose_by_meeting_the_harsh_judge():
    """The harsh judge saw the two best teams only, the mild one the two others."""
    seen = given((10, 1), (10, 2), (20, 1), (20, 2), (20, 3), (20, 4), (30, 3), (30, 4))

    assert order(mean(seen)) != [1, 2, 3, 4]
    assert order(work_out(seen).points) == [1, 2, 3, 4]


def test_mildness_is_found_and_drawn_towards_none():
    everything = given(*((judge, team) for judge in MILDNESS for team in MERIT))

    mildness = work_out(everything).mildness

    assert mildness[10] < mildness[20] < mildness[30]
    assert mildness[30] - mildness[10] == pytest.approx(1.5, rel=0.15)


def test_a_judge_against_all_others_counts_less():
    seen = {(judge, team): points for judge in range(4) for team, points in MERIT.items()}
    seen |= {(4, team): 6.5 - points for team, points in MERIT.items()}

    outcome = work_out(seen)

    assert outcome.weight[4] < min(outcome.weight[judge] for judge in range(4))
    assert outcome.weight[4] > 0.5  # four teams are little to judge a judge by


def test_teams_with_the_same_marks_have_the_same_points():
    points = work_out({(judge, team): 3.0 + judge / 10 for judge in range(5) for team in range(3)}).points

    assert len({round(value, 9) for value in points.values()}) == 1


@pytest.mark.parametrize(
    "seen",
    [{}, {(1, 1): 3.0}, {(1, 1): 3.0, (2, 2): 4.0}, {(1, team): 3.0 for team in range(60)}],
    ids=["nothing", "one mark", "no team in common", "one judge alone"],
)
def test_little_is_enough(seen):
    assert work_out(seen).points.keys() == {team for _judge, team in seen}
