"""What a judge gives is kept: in parts, late, twice, from paper; and not where the judge may not judge."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hackathon.judging import publishing, scoring
from hackathon.judging.results import standing_of
from hackathon.models import Judge, Score
from tests.hackathon.factories import make_team
from tests.hackathon.judging.factories import give, give_all, make_colleague, make_panel

pytestmark = pytest.mark.django_db


def test_some_of_the_marks_are_kept_and_do_not_count_yet(hackathon):
    (first, *_), (judge, _) = make_panel(hackathon)

    give(judge, first, 4)
    give(judge, first, *[5])  # all anew
    Score.objects.update(is_complete=False, marks={})
    criterion = hackathon.criteria.first()
    scoring.keep(judge, {first.pk: scoring.Sent(scoring.Sheet({criterion.pk: 4}), timezone.now())})

    score = Score.objects.get()
    assert (score.marks, score.is_complete) == ({str(criterion.pk): 4}, False)
    standing = standing_of(hackathon)
    assert standing.judges[0].complete == 0
    assert [one.number for one in standing.judges[0].begun] == [1]


@pytest.mark.parametrize("offline_arrives_last", [True, False])
def test_what_was_given_later_counts_whichever_comes_first(hackathon, offline_arrives_last):
    """A judge gave marks on a telephone without a line, and later others on another device."""
    (team, *_), (judge, _) = make_panel(hackathon)
    ten_minutes_ago = timezone.now() - timedelta(minutes=10)
    both = [lambda: give(judge, team, 5), lambda: give(judge, team, 2, at=ten_minutes_ago)]

    for one in both if offline_arrives_last else reversed(both):
        one()

    assert set(Score.objects.get().marks.values()) == {5}


def test_a_moment_ahead_is_taken_for_now(hackathon):
    """Else a wrong clock would keep out all that comes later."""
    (team, *_), (judge, _) = make_panel(hackathon)

    give(judge, team, 2, at=timezone.now() + timedelta(days=1))
    give(judge, team, 4)

    assert set(Score.objects.get().marks.values()) == {4}


def test_a_conflict_takes_the_marks_away_and_lets_none_in(hackathon):
    (team, other, _), (judge, colleague) = make_panel(hackathon)
    give(judge, team, 5, feedback="Sample words")
    give(colleague, team, 3)

    assert scoring.exclude(judge, team.pk, "Sample relation")
    assert give(judge, team, 5) == {}
    assert give(judge, other, 5) == {other.pk: False}

    assert not judge.scores.filter(team=team).exists()
    standing = standing_of(hackathon)
    assert [one.number for one in standing.judges[0].kept_out] == [1]
    assert next(row for row in standing.rows if row.project.number == 1).points == pytest.approx(3, abs=0.5)


def test_nothing_is_judged_before_the_deadline_or_after_the_result(hackathon):
    early = Judge.objects.create(hackathon=hackathon, name_en="Sample Judge")
    with pytest.raises(scoring.NotOpen):
        give(early, make_team(hackathon, 9), 5)

    (team, *_), (judge, _) = make_panel(hackathon)
    give(judge, team, 4)
    publishing.publish(hackathon, standing_of(hackathon).digest, by=make_colleague())
    with pytest.raises(scoring.NotOpen):
        give(judge, team, 1)
    with pytest.raises(scoring.NotOpen):
        scoring.exclude(judge, team.pk, "")


def test_a_team_of_another_hackathon_or_without_a_project_is_left_out(hackathon):
    (_first, *_), (judge, _) = make_panel(hackathon)
    late = make_team(hackathon, 8)

    assert give(judge, late, 5) == {}
    assert not scoring.exclude(judge, 999_999, "")


def test_a_sheet_from_paper_says_who_typed_it(hackathon):
    (team, *_), (judge, _) = make_panel(hackathon)
    typist = make_colleague()

    give(judge, team, 3, by=typist)
    assert Score.objects.get().typed_by == typist

    give(judge, team, 4)
    assert Score.objects.get().typed_by is None


def test_judges_with_teams_left_are_counted_by_one_query(hackathon, django_assert_num_queries):
    teams, (first, second) = make_panel(hackathon)
    give_all([first], teams, [[3, 4, None]])
    scoring.exclude(first, teams[2].pk, "")
    give(second, teams[0], 3)
    teams[1].is_withdrawn = True
    teams[1].save()

    with django_assert_num_queries(1):
        left = {judge.pk: judge.missing for judge in Judge.objects.to_remind()}

    assert left == {second.pk: 1}
