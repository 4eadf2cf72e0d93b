"""The page of a judge: by its own link, without an account, with and without script."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hackathon import links
from hackathon.judging import scoring
from hackathon.models import Conflict, Judge, Score
from tests.hackathon.judging.factories import give, make_panel

pytestmark = pytest.mark.django_db


def address(judge, page="judge", *more):
    return links.judge_address(judge, page, *more)


def fields(page, judge, team, mark=None, **more):
    """Of one card as a browser would send it."""
    card = next(card for card in page.context["cards"] if card.project.number == team.number)
    marks = {answer.name: mark or answer.mark or "" for answer in card.answers}
    return {f"{card.name}-had": card.had, f"{card.name}-feedback": card.feedback, **marks} | {
        f"{card.name}-{name}": value for name, value in more.items()
    }


def test_marks_for_two_teams_come_by_one_button(client, hackathon):
    (first, second, third), (judge, _) = make_panel(hackathon)
    page = client.get(address(judge))
    sent = fields(page, judge, first, 5, feedback=" Sample\r\nwords ") | fields(page, judge, second, 2)
    sent |= fields(page, judge, third)

    answer = client.post(address(judge), sent | {"save": "2"}, follow=True)

    assert answer.status_code == 200
    assert {score.team_id: set(score.marks.values()) for score in judge.scores.all()} == {
        first.pk: {5},
        second.pk: {2},
    }
    assert judge.scores.get(team=first).feedback == "Sample\nwords"
    assert answer.context["next"] == "t3"


def test_an_old_page_does_not_write_over_what_it_did_not_change(client, hackathon):
    (first, second, _), (judge, _) = make_panel(hackathon)
    page = client.get(address(judge))
    give(judge, first, 4)  # on another device

    client.post(address(judge), fields(page, judge, first) | fields(page, judge, second, 3) | {"save": "2"})

    assert set(judge.scores.get(team=first).marks.values()) == {4}
    assert set(judge.scores.get(team=second).marks.values()) == {3}


def test_odd_moments_and_letters_hinder_no_judge(client, hackathon):
    (team, *_), (judge, _) = make_panel(hackathon)
    sent = fields(client.get(address(judge)), judge, team, 4, at="0", feedback="Sample\x00 words")

    answer = client.post(address(judge), sent | {"sent_at": "9" * 14, "save": "1"})

    assert answer.status_code == 302
    assert judge.scores.get().feedback == "Sample words"


def test_a_script_says_when_it_was_given_and_hears_what_stands(client, hackathon):
    """The telephone had no line for ten minutes, and its clock is an hour ahead."""
    (team, *_), (judge, _) = make_panel(hackathon)
    sent = fields(client.get(address(judge)), judge, team, 4)
    now = timezone.now()
    phone = (now + timedelta(hours=1)).timestamp() * 1000
    sent |= {"sent_at": int(phone), "t1-at": int(phone - 600_000), "t1-had": ""}

    answer = client.post(address(judge), sent, headers={"accept": "application/json"})

    score = Score.objects.get()
    assert abs(score.given_at - (now - timedelta(minutes=10))) < timedelta(seconds=5)
    had = {"t1": client.get(address(judge)).context["cards"][0].had}
    assert answer.json() == {"is_open": True, "had": had, "both": {}}


def test_two_pages_that_knew_nothing_of_each_other_lose_no_words(client, hackathon):
    """A telephone and a computer: each had the empty sheet. Marks that were given later count, where there are any."""
    (team, *_), (judge, _) = make_panel(hackathon)
    page = client.get(address(judge))
    earlier = fields(page, judge, team, 4, feedback="Words on the telephone")
    later = fields(page, judge, team, feedback="Words on the computer")
    later |= {next(name for name in later if "-c" in name): "2"}
    client.post(address(judge), earlier | {"save": "1"})

    answer = client.post(address(judge), later | {"save": "1"}, follow=True)

    score = Score.objects.get()
    assert score.feedback == "Words on the telephone\n\nWords on the computer"
    assert sorted(score.marks.values()) == [2, 4]
    assert "on another page too" in answer.content.decode()


def test_a_script_is_given_what_was_put_together(client, hackathon):
    """What was given earlier and comes later keeps its words and takes no mark away. Sent again it changes nothing."""
    (team, *_), (judge, _) = make_panel(hackathon)
    page = client.get(address(judge))
    now = int(timezone.now().timestamp() * 1000)
    sent = fields(page, judge, team, 5, feedback="Earlier words", at=now - 600_000) | {"sent_at": now}
    client.post(address(judge), fields(page, judge, team, 2, feedback="Later words") | {"save": "1"})

    both = [client.post(address(judge), sent, headers={"accept": "application/json"}).json()["both"] for _ in range(2)]

    score = Score.objects.get()
    assert (set(score.marks.values()), score.feedback) == ({2}, "Earlier words\n\nLater words")
    assert [one["t1"]["t1-feedback"] for one in both] == [score.feedback] * 2


@pytest.mark.parametrize("bad", ["6", "0", "x", "-1", "٣", "5" * 400])
def test_a_mark_that_is_none_is_left_out(client, hackathon, bad):
    (team, *_), (judge, _) = make_panel(hackathon)
    sent = fields(client.get(address(judge)), judge, team, bad, feedback="Sample words", at=bad)

    assert client.post(address(judge), sent).status_code == 302
    assert (Score.objects.get().marks, Score.objects.get().feedback) == ({}, "Sample words")


def test_a_conflict_is_asked_for_and_then_hides_the_team(client, hackathon):
    (team, *_), (judge, _) = make_panel(hackathon)
    page = client.get(address(judge))
    asked = client.post(address(judge), fields(page, judge, team, 5) | {"conflict": "1"})
    assert asked.url == address(judge, "judge_conflict", 1)
    assert client.get(asked.url).status_code == 200
    assert not Conflict.objects.exists()

    client.post(asked.url, {"reason": "Sample relation"})

    assert Conflict.objects.get().reason == "Sample relation"
    assert not Score.objects.exists()
    html = client.get(address(judge)).content.decode()
    assert "Sample project 1" not in html
    assert "Sample project 2" in html


def test_too_late_is_said_and_what_was_typed_stays_on_the_page(client, hackathon, monkeypatch):
    (team, *_), (judge, _) = make_panel(hackathon)
    sent = fields(client.get(address(judge)), judge, team, 5, feedback="Sample words")
    monkeypatch.setattr(scoring, "is_open", lambda hackathon: False)

    answer = client.post(address(judge), sent)
    by_script = client.post(address(judge), sent, headers={"accept": "application/json"})

    assert (answer.status_code, by_script.status_code) == (409, 409)
    assert "Sample words" in answer.content.decode()
    assert by_script.json() == {"is_open": False}
    assert not Score.objects.exists()


def test_no_judge_sees_what_another_gave(client, hackathon):
    (team, *_), (judge, colleague) = make_panel(hackathon)
    give(colleague, team, 5, feedback="Words of a colleague")

    page = client.get(address(judge))

    assert "Words of a colleague" not in page.content.decode()
    assert all(answer.mark is None for card in page.context["cards"] for answer in card.answers)


def test_before_the_deadline_a_judge_sees_no_project(client, hackathon):
    judge = Judge.objects.create(hackathon=hackathon, name_en="Sample Judge")

    assert client.get(address(judge)).context["cards"] == []


def test_wrong_and_revoked_links_get_one_answer(client, hackathon):
    (team, *_), (judge, _) = make_panel(hackathon)
    token = links.token_for("judge", judge)
    links.revoke(judge)
    tokens = [token, "1-" + "0" * 32, links.token_for("team", team)]

    pages = [client.get(f"/en/hackathon/judge/{one}/") for one in tokens]

    assert {page.status_code for page in pages} == {404}
    assert len({page.content.decode().replace(one, "") for page, one in zip(pages, tokens, strict=True)}) == 1
    assert client.post(f"/en/hackathon/judge/{token}/", {"save": "1"}).status_code == 404


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_switch_of_the_language_loses_nothing(client, hackathon, language):
    (team, *_), (judge, _) = make_panel(hackathon)
    sent = fields(client.get(address(judge)), judge, team, 5, feedback="Sample words")

    html = client.post(address(judge).replace("/en/", f"/{language}/"), sent | {"switch": language}).content.decode()

    assert "Sample words" in html
    assert html.count("checked") == 2
    assert not Score.objects.exists()


def test_queries_do_not_grow_with_teams(client, hackathon):
    """Compared and not counted: each app on top may ask for its line of the menu."""
    teams, (judge, _) = make_panel(hackathon, teams=8)

    def queries(given):
        for team in given:
            give(judge, team, 3)
        with CaptureQueriesContext(connection) as captured:
            client.get(address(judge))
        return len(captured)

    assert queries(teams[:2]) == queries(teams[2:])
