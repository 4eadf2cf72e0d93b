"""The staff's side of judging: who may do what, ties, publishing, paper, certificates."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from conference import clock
from conference.models import Edition
from conference.rooms_above import rooms_above
from hackathon import links
from hackathon.judging import scoring
from hackathon.judging.publishing import announced, publish
from hackathon.judging.results import standing_of
from hackathon.models import Award, Conflict, Criterion, Result, Score, TieBreak
from registration.models import Attendance, Intake
from registration.retention import erasing
from tests.hackathon.factories import make_hackathon, make_member, make_team
from tests.hackathon.judging.factories import give, give_all, make_colleague, make_panel
from tests.pages import read

pytestmark = pytest.mark.django_db
PAGES = {
    "panel": "view_judge",
    "sheets": "view_judge",
    "result": "view_score",
    "certificates": "view_team",
}


def address(name, pk):
    return reverse(f"admin:hackathon_{name}", args=[pk])


def officer(client, *rights, name="officer"):
    user = make_colleague(name)
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    return user


@pytest.mark.parametrize(("name", "right"), PAGES.items())
def test_a_page_opens_with_its_right_alone(client, hackathon, name, right):
    make_panel(hackathon)

    officer(client, "view_hackathon")
    assert client.get(address(name, hackathon.pk)).status_code == 403
    officer(client, right, "export_registration")
    assert client.get(address(name, hackathon.pk)).status_code == 200
    assert client.get(address(name, hackathon.pk) + "?x=1").status_code == 400


def test_who_may_see_marks_may_not_publish_by_that(client, hackathon):
    teams, judges = make_panel(hackathon)
    give_all(judges, teams, [[5, 4, 3], [5, 4, 3]])
    officer(client, "view_score")

    page = client.get(address("result", hackathon.pk))
    assert 'name="publish"' not in page.content.decode()
    assert client.post(address("result", hackathon.pk), {"publish": "1"}).status_code == 403
    assert not Result.objects.exists()


def test_a_tie_is_decided_with_a_reason_and_the_result_published(staff_client, hackathon):
    teams, judges = make_panel(hackathon)
    give_all(judges, teams, [[4, 4, 2], [4, 4, 2]])
    place = f"tie-1-team-{teams[0].pk}"
    other = f"tie-1-team-{teams[1].pk}"
    page = address("result", hackathon.pk)

    refused = staff_client.post(page, {"decide": "1", place: "1", other: "1", "tie-1-reason": ""})
    assert len(refused.context["forms_of"][0][1].errors) == 2
    assert not TieBreak.objects.exists()
    staff_client.post(page, {"decide": "1", place: "2", other: "1", "tie-1-reason": "Sample reason"})
    shown = staff_client.get(page)
    assert "Sample reason" in shown.content.decode()
    staff_client.post(page, {"publish": "1", "seen": shown.context["standing"].digest})

    assert [[winner.number for winner in one.winners] for one in announced(hackathon)] == [[2], [1], [3]]
    assert Result.objects.get().published_by.username == "chief"
    staff_client.post(page, {"take_back": "1"})
    assert announced(hackathon) == ()


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_page_says_how_strict_each_judge_is(staff_client, hackathon, language):
    teams, judges = make_panel(hackathon, judges=3)
    give_all(judges, teams, [[2, 1, None], [5, 4, 3], [5, 4, 3]])

    judges = staff_client.get(address("result", hackathon.pk), headers={"accept-language": language}).context["judges"]

    (_strict, said), *_others = judges
    assert "less" in said[0] if language == "en" else "ទាប" in said[0]


def test_a_sheet_from_paper_is_typed_in(client, hackathon):
    (team, *_), (judge, _) = make_panel(hackathon)
    page = address("type_in", judge.pk)
    officer(client, "add_score")
    assert client.get(page).status_code == 403
    typist = officer(client, "add_score", "view_score")

    card = client.get(page).context["cards"][0]
    client.post(page, {f"{card.name}-had": card.had, **{answer.name: "4" for answer in card.answers}})

    score = Score.objects.get()
    assert (score.judge, score.team, score.typed_by) == (judge, team, typist)
    assert typist.username in client.get(page).content.decode()


def test_what_is_typed_too_late_stays_on_the_page(staff_client, hackathon):
    (team, *_), (judge, _) = make_panel(hackathon)
    give(judge, team, 3)
    publish(hackathon, standing_of(hackathon).digest, by=make_colleague())
    page = address("type_in", judge.pk)
    card = staff_client.get(page).context["cards"][1]

    answer = staff_client.post(page, {f"{card.name}-had": "", f"{card.name}-feedback": "Sample words"})

    assert "Sample words" in answer.content.decode()
    assert Score.objects.count() == 1


def test_a_conflict_that_staff_note_takes_the_marks_away(staff_client, hackathon):
    (team, *_), (judge, _) = make_panel(hackathon)
    give(judge, team, 5)

    staff_client.post(
        reverse("admin:hackathon_conflict_add"), {"judge": judge.pk, "team": team.pk, "reason": "Sample relation"}
    )

    assert Conflict.objects.get().by.username == "chief"
    assert not Score.objects.exists()


@pytest.mark.parametrize("state", ["a team of another hackathon", "the result is published"])
def test_a_conflict_that_cannot_be_is_not_noted(staff_client, hackathon, state):
    (team, *_), (judge, _) = make_panel(hackathon)
    give(judge, team, 5)
    said = "Take it back first."
    if state == "the result is published":
        publish(hackathon, standing_of(hackathon).digest, by=make_colleague())
    else:
        other = Edition.objects.create(year=2031, title_en="Sample", starts_on=clock.today(), ends_on=clock.today())
        team, said = make_team(make_hackathon(other)), "not of the hackathon of the judge"

    page = staff_client.post(reverse("admin:hackathon_conflict_add"), {"judge": judge.pk, "team": team.pk})

    assert said in read(page)
    assert Score.objects.exists()
    assert not Conflict.objects.exists()


def test_criteria_that_go_together_leave_the_scores_complete(staff_client, hackathon):
    (team, *_), (judge, _) = make_panel(hackathon)
    give(judge, team, 5)
    new = Criterion.objects.create(hackathon=hackathon, name_en="Sample criterion 3")
    scoring.count_complete(hackathon)

    ticked = {"action": "delete_selected", "_selected_action": [new.pk], "post": "yes"}
    staff_client.post(reverse("admin:hackathon_criterion_changelist"), ticked)

    assert Score.objects.get().is_complete


def test_the_page_says_where_the_result_is_not_the_published_one_any_more(staff_client, hackathon):
    teams, judges = make_panel(hackathon)
    give_all(judges, teams, [[5, 4, 3], [5, 4, 3]])
    publish(hackathon, standing_of(hackathon).digest, by=make_colleague())
    assert "not what was published" not in read(staff_client.get(address("result", hackathon.pk)))

    Criterion.objects.create(hackathon=hackathon, name_en="Sample criterion 3")

    assert "not what was published" in read(staff_client.get(address("result", hackathon.pk)))


def test_an_award_that_is_given_is_not_deleted_and_keeps_its_place(staff_client, hackathon):
    teams, judges = make_panel(hackathon)
    give_all(judges, teams, [[5, 4, 3], [5, 4, 3]])
    publish(hackathon, standing_of(hackathon).digest, by=make_colleague())
    first = Award.objects.get(place=1)

    deleted = staff_client.post(reverse("admin:hackathon_award_delete", args=[first.pk]), {"post": "yes"})
    assert deleted.status_code == 403
    ticked = {"action": "delete_selected", "_selected_action": [first.pk], "post": "yes"}
    staff_client.post(reverse("admin:hackathon_award_changelist"), ticked)
    staff_client.post(
        reverse("admin:hackathon_award_change", args=[first.pk]), {"place": 9, "title_en": "Sample award"}
    )

    first.refresh_from_db()
    assert (first.place, first.title.en) == (1, "Sample award")


def test_a_new_criterion_makes_all_incomplete_until_it_goes(staff_client, hackathon):
    (team, *_), (judge, _) = make_panel(hackathon)
    give(judge, team, 5)
    columns = {"hackathon": hackathon.pk, "name_en": "Sample criterion 3", "name_km": "", "weight": 1, "position": 3}
    staff_client.post(reverse("admin:hackathon_criterion_add"), columns | {"words_en": "", "words_km": ""})
    assert not Score.objects.get().is_complete

    new = Criterion.objects.get(name_en="Sample criterion 3")
    staff_client.post(reverse("admin:hackathon_criterion_delete", args=[new.pk]), {"post": "yes"})
    assert Score.objects.get().is_complete


def test_a_certificate_for_those_with_an_award_who_were_there(staff_client, hackathon):
    teams, judges = make_panel(hackathon)
    there, absent = make_member(hackathon, teams[0]), make_member(hackathon, teams[1])
    other = make_member(hackathon)
    for member in (there, other):
        Attendance.objects.create(registration=member.registration, day=hackathon.edition.days.first())
    page = address("certificates", hackathon.pk)
    assert staff_client.get(page).context["there"] == 0
    give_all(judges, teams, [[5, 4, 3], [5, 4, 3]])
    publish(hackathon, standing_of(hackathon).digest, by=make_colleague())

    shown = staff_client.get(page)
    assert (shown.context["there"], shown.context["members"]) == (1, 2)
    file = staff_client.post(page)
    assert file.content.startswith(b"%PDF")
    assert absent.registration.pk != there.registration.pk


def test_sheets_leave_out_whom_a_judge_may_not_judge(staff_client, hackathon):
    (team, *_), (judge, _) = make_panel(hackathon)
    scoring.exclude(judge, team.pk, "")

    (first, second) = staff_client.get(address("sheets", hackathon.pk)).context["sheets"]

    assert [one.number for one in first[1]] == [2, 3]
    assert [one.number for one in second[1]] == [1, 2, 3]


def test_the_first_page_counts_judges_with_teams_left_and_conflicts(hackathon):
    teams, judges = make_panel(hackathon)
    scoring.exclude(judges[0], teams[0].pk, "")
    tiles = {one.name: one for room in rooms_above() for one in room.waiting}

    assert tiles["hackathon_to_judge"].rows().count() == 2
    assert tiles["hackathon_conflicts"].rows().count() == 1

    give_all(judges, teams, [[3, 4, 5], [3, 4, 5]])
    assert tiles["hackathon_to_judge"].rows().count() == 0
    publish(hackathon, standing_of(hackathon).digest, by=make_colleague())
    assert tiles["hackathon_conflicts"].rows().count() == 0


def test_a_copied_edition_has_the_criteria_and_awards_and_no_judge(hackathon):
    make_panel(hackathon)
    Award.objects.create(hackathon=hackathon, place=1, title_en="Sample prize")
    old = hackathon.edition
    new = type(old).objects.create(year=2031, starts_on=old.starts_on, ends_on=old.ends_on, title_en="Sample edition")
    for room in rooms_above():
        room.copied(old, new)

    assert [one.name_en for one in new.hackathon.criteria.all()] == ["Sample criterion 1", "Sample criterion 2"]
    assert [one.title_en for one in new.hackathon.prizes.all()] == ["Sample prize"]
    assert not new.hackathon.judges.exists()


def test_marks_and_conflicts_are_erased_with_the_people(hackathon):
    teams, judges = make_panel(hackathon)
    give(judges[0], teams[0], 5, feedback="Sample words")
    scoring.exclude(judges[0], teams[1].pk, "Sample relation")
    for room in rooms_above():
        for one in room.erased:
            one.erase(one.rows(hackathon.edition.pk))

    assert not Score.objects.exists()
    assert not Conflict.objects.exists()
    assert hackathon.judges.count() == 2


def test_the_admin_log_forgets_conflicts_when_they_are_erased(staff_client, hackathon):
    (team, *_), (judge, _) = make_panel(hackathon)
    staff_client.post(reverse("admin:hackathon_conflict_add"), {"judge": judge.pk, "team": team.pk})
    of_conflicts = LogEntry.objects.filter(content_type__model="conflict")
    assert of_conflicts.exists()

    Intake.objects.update(erase_sensitive_on=clock.today(), erase_all_on=clock.today())
    erasing.erase(hackathon.edition, clock.today())

    assert not of_conflicts.exists()


def test_the_link_of_a_judge_is_for_those_who_may_change_judges(client, hackathon):
    _teams, (judge, _) = make_panel(hackathon)
    page = address("judge_link", judge.pk)

    officer(client, "view_judge")
    assert client.get(page).status_code == 403
    officer(client, "view_judge", "change_judge")
    assert links.token_for("judge", judge) in client.get(page).content.decode()
