"""Places, ties, who decided them, and what becomes public when."""

import pytest

from hackathon.judging import publishing, scoring
from hackathon.judging.publishing import announced, decide_tie, feedback_for, publish, take_back
from hackathon.judging.results import standing_of
from hackathon.models import Award, Criterion, Team
from tests.hackathon.judging.factories import give, give_all, make_colleague, make_panel

pytestmark = pytest.mark.django_db


def places(hackathon):
    return [(row.project.number, row.place) for row in standing_of(hackathon).rows]


def test_five_judges_one_with_a_conflict_one_who_leaves(hackathon):
    """The harsh judge, who left half way, saw only one of two equal teams: that costs it nothing."""
    teams, judges = make_panel(hackathon, teams=4, judges=5)
    give_all(
        judges,
        teams,
        [[2, 1, None, None], [None, 4, 3, 4], [5, 4, 3, 4], [5, 4, 3, 4], [5, 4, 3, 4]],
    )
    scoring.exclude(judges[1], teams[0].pk, "Sample relation")

    standing = standing_of(hackathon)
    assert [row.project.number for row in standing.rows] == [1, 4, 2, 3]
    by_number = {row.project.number: row for row in standing.rows}
    assert by_number[2].mean < by_number[4].mean
    assert by_number[2].points == pytest.approx(by_number[4].points, abs=0.2)
    assert standing.judges[0].mildness < -1
    assert [one.number for one in standing.judges[0].missing] == [3, 4]


def test_weights_of_the_criteria_count(hackathon):
    teams, (judge, _) = make_panel(hackathon, teams=2)
    Criterion.objects.filter(name_en="Sample criterion 2").update(weight=3)
    give(judge, teams[0], 5, 1)
    give(judge, teams[1], 1, 5)

    assert places(hackathon) == [(2, 1), (1, 2)]
    assert [row.mean for row in standing_of(hackathon).rows] == [4, 2]


def test_a_tie_is_named_and_shared_until_staff_decide_it(hackathon):
    teams, judges = make_panel(hackathon, teams=4)
    give_all(judges, teams, [[4, 5, 4, None], [4, 5, 4, None]])

    standing = standing_of(hackathon)
    assert places(hackathon) == [(2, 1), (1, 2), (3, 2), (4, None)]
    assert [(tie.place, tie.decided) for tie in standing.ties] == [(2, None)]
    assert [row.is_tied for row in standing.rows] == [False, True, True, False]

    decide_tie(hackathon, [teams[2].pk, teams[0].pk], "Sample reason", by=make_colleague())

    assert places(hackathon) == [(2, 1), (3, 2), (1, 3), (4, None)]
    assert standing_of(hackathon).ties[0].decided.reason == "Sample reason"


def test_a_decision_counts_only_as_long_as_just_these_are_tied(hackathon):
    teams, judges = make_panel(hackathon)
    give_all(judges, teams, [[4, 4, 2], [4, 4, 2]])
    decide_tie(hackathon, [teams[1].pk, teams[0].pk], "Sample reason", by=make_colleague())

    give(judges[0], teams[2], 4)
    give(judges[1], teams[2], 4)

    assert places(hackathon) == [(1, 1), (2, 1), (3, 1)]
    with pytest.raises(publishing.Refused):
        decide_tie(hackathon, [teams[1].pk, teams[0].pk], "Sample reason", by=make_colleague())


def test_nothing_is_announced_before_staff_press(hackathon):
    teams, judges = make_panel(hackathon, teams=4)
    Award.objects.create(hackathon=hackathon, place=2, title_en="Sample prize", words_en="Sample words")
    give_all(judges, teams, [[5, 4, 3, 2], [5, 4, 3, 2]])
    give(judges[0], teams[0], 5, feedback="Sample words for team 1")

    assert announced(hackathon) == ()
    assert feedback_for(teams[0]) == ()

    publish(hackathon, standing_of(hackathon).digest, by=make_colleague())

    said = announced(hackathon)
    assert [(one.place, [winner.number for winner in one.winners]) for one in said] == [(1, [1]), (2, [2]), (3, [3])]
    assert [str(one.title) for one in said] == ["First award", "Sample prize", "Third award"]
    assert [feedback_for(team) for team in teams] == [("Sample words for team 1",), (), (), ()]

    take_back(hackathon)
    assert announced(hackathon) == ()
    assert feedback_for(teams[0]) == ()


def test_a_team_that_wants_no_page_is_announced_by_its_name_alone(hackathon):
    teams, judges = make_panel(hackathon)
    give_all(judges, teams, [[5, 4, 3], [5, 4, 3]])
    Team.objects.filter(pk=teams[0].pk).update(is_shown=False)
    publish(hackathon, standing_of(hackathon).digest, by=make_colleague())

    (winner,) = announced(hackathon)[0].winners

    assert (winner.name, bool(winner.title)) == (teams[0].name, False)


def test_two_may_share_an_award(hackathon):
    teams, judges = make_panel(hackathon)
    give_all(judges, teams, [[4, 4, 2], [4, 4, 2]])

    publish(hackathon, standing_of(hackathon).digest, by=make_colleague())

    said = announced(hackathon)
    assert [(one.place, [winner.number for winner in one.winners]) for one in said] == [(1, [1, 2]), (3, [3])]


def test_what_staff_did_not_see_is_not_published(hackathon):
    teams, judges = make_panel(hackathon)
    give_all(judges, teams, [[4, 3, 2], [4, 3, 2]])
    seen = standing_of(hackathon).digest
    give(judges[0], teams[2], 5)

    with pytest.raises(publishing.Refused):
        publish(hackathon, seen, by=make_colleague())
    assert announced(hackathon) == ()


def test_without_any_mark_there_is_nothing_to_publish(hackathon):
    make_panel(hackathon)

    with pytest.raises(publishing.Refused):
        publish(hackathon, standing_of(hackathon).digest, by=make_colleague())


def test_queries_do_not_grow_with_teams_and_scores(hackathon, django_assert_max_num_queries):
    teams, judges = make_panel(hackathon, teams=8, judges=5)
    give_all(judges, teams, [[1 + (team + judge) % 5 for team in range(8)] for judge in range(5)])

    with django_assert_max_num_queries(7):
        standing_of(hackathon)
