"""The staff's pages: who may see and do what; people are placed, the hall is run, links are handed on."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hackathon import links
from hackathon.choices import Skill
from hackathon.mentoring import booking
from hackathon.models import Hackathon, Member, MentorHour, Team
from registration.models import AccessLog
from tests.hackathon.factories import make_hackathon, make_hour, make_member, make_team, past_deadline, send_project
from tests.pages import read


@pytest.fixture
def pages(hackathon):
    return {name: f"/admin/hackathon/hackathon/{hackathon.pk}/{name}/" for name in ("teams", "hall", "figures")}


def rights(*names):
    return Permission.objects.filter(codename__in=names)


def test_person_is_placed_with_the_reason_before_the_eyes(staff_client, hackathon, pages):
    team = make_team(hackathon)
    make_member(hackathon, team, skills=[Skill.CODE])
    person = make_member(hackathon, skills=[Skill.MAPS], name_latin="LOOKING Sample")
    page = read(staff_client.get(pages["teams"]))
    assert "LOOKING Sample" in page
    assert "brings what the team does not have yet: maps" in page

    staff_client.post(pages["teams"], {"put": f"{person.pk}-{team.pk}"})
    assert team.members.count() == 2

    staff_client.post(pages["teams"], {"out": f"{person.pk}-{team.pk}"})
    assert Member.objects.get(pk=person.pk).team is None


def test_people_who_are_ticked_become_a_team(staff_client, hackathon, pages):
    people = [make_member(hackathon) for _person in range(2)]
    keys = [person.pk for person in people]

    refused = staff_client.post(pages["teams"], {"make": "1", "people": keys, "name": "\u200b"})  # to the eye empty
    assert "Give the new team a name." in read(refused)
    assert refused.content.decode().count("checked") == 2
    staff_client.post(pages["teams"], {"make": "1", "people": keys, "name": "Sample team"})

    assert Team.objects.get().members.count() == 2


@pytest.mark.parametrize("name", ["put", "out"])
def test_staff_who_press_for_a_person_who_has_left_are_told(staff_client, hackathon, pages, name):
    person, team = make_member(hackathon), make_team(hackathon)
    pressed = {name: f"{person.pk}-{team.pk}"}
    person.delete()

    answer = staff_client.post(pages["teams"], pressed, follow=True)

    assert "the person has left" in read(answer)


def test_who_was_moved_by_a_colleague_is_not_taken_out_by_an_old_page(staff_client, hackathon, pages):
    old, new = make_team(hackathon), make_team(hackathon, 2)
    person = make_member(hackathon, new)

    staff_client.post(pages["teams"], {"out": f"{person.pk}-{old.pk}"})

    assert Member.objects.get().team == new


@pytest.mark.parametrize("sent", [{"put": "x-y"}, {"put": "1-2-3"}, {"out": "x"}])
def test_person_or_team_of_nowhere_is_placed_nowhere(staff_client, hackathon, pages, sent):
    make_member(hackathon, make_team(hackathon))
    assert staff_client.post(pages["teams"], sent).status_code == 404


def test_hall_is_run_from_one_page(staff_client, hackathon, pages):
    for number in (1, 2):
        send_project(make_team(hackathon, number))
    assert "can be drawn afterwards" in read(staff_client.get(pages["hall"]))
    past_deadline(hackathon)

    for pressed in ({"draw": "1", "seed": "rice 7"}, {"next": "0"}, {"start": "1"}, {"show": "1"}):
        assert staff_client.post(pages["hall"], pressed).status_code == 302

    hackathon.refresh_from_db()
    assert hackathon.draws.get().seed == "rice 7"
    assert (hackathon.on_stage, hackathon.projects_shown) == (1, True)
    assert hackathon.staged_at
    assert "Write why it is drawn again" in read(staff_client.post(pages["hall"], {"draw": "1"}))
    assert "Leave out the sign" in read(staff_client.post(pages["hall"], {"draw": "1", "seed": "it's", "reason": "x"}))
    assert hackathon.draws.count() == 1


@pytest.mark.parametrize(
    ("held", "page", "status"),
    [
        (["view_hackathon", "view_team"], "teams", 403),  # names are for staff who may see registrations
        (["view_team", "view_registration"], "teams", 200),
        (["view_hackathon", "change_hackathon"], "hall", 403),
        (["run_hackathon"], "hall", 200),
        (["view_hackathon"], "figures", 200),
        ([], "figures", 403),
    ],
)
def test_each_page_asks_for_its_rights(client, django_user_model, pages, held, page, status):
    officer = django_user_model.objects.create_user("officer", is_staff=True)
    officer.user_permissions.set(rights(*held))
    client.force_login(officer)

    assert client.get(pages[page]).status_code == status


def test_who_may_only_look_places_no_person(client, django_user_model, hackathon, pages):
    officer = django_user_model.objects.create_user("officer", is_staff=True)
    officer.user_permissions.set(rights("view_team", "view_registration"))
    client.force_login(officer)
    person, team = make_member(hackathon), make_team(hackathon)

    client.post(pages["teams"], {"put": f"{person.pk}-{team.pk}"})

    assert Member.objects.get().team is None


def test_link_is_handed_on_and_each_look_is_noted(staff_client, hackathon):
    team, mentor = make_team(hackathon), make_hour(hackathon).mentor
    assert links.team_address(team) in staff_client.get(f"/admin/hackathon/team/{team.pk}/link/").content.decode()
    assert (
        links.mentor_address(mentor) in staff_client.get(f"/admin/hackathon/mentor/{mentor.pk}/link/").content.decode()
    )
    assert AccessLog.objects.count() == 2

    old = links.team_address(team)
    staff_client.post(f"/admin/hackathon/team/{team.pk}/link/")
    team.refresh_from_db()
    assert links.team_address(team) != old


def test_first_page_says_what_waits(staff_client, hackathon):
    make_member(hackathon, name_latin="LOOKING Sample")
    make_member(hackathon, make_team(hackathon))
    Hackathon.objects.update(deadline=timezone.now() + timedelta(hours=2))

    page = staff_client.get("/admin/").content.decode()

    for address in ("member/?edition=all&amp;team=none", "team/?edition=all&amp;missing=people"):
        assert f"/admin/hackathon/{address}" in page
    assert "/admin/hackathon/team/?edition=all&amp;missing=project" in page
    assert "LOOKING Sample" in read(staff_client.get("/admin/hackathon/member/?edition=all&team=none"))
    assert "Sample team 1" in read(staff_client.get("/admin/hackathon/team/?edition=all&missing=project"))


def test_of_a_year_that_is_over_only_what_became_of_the_projects_waits(staff_client, edition):
    hackathon = make_hackathon(edition)
    awarded, other = make_team(hackathon), make_team(hackathon, 2)
    send_project(awarded)
    send_project(other)
    make_team(hackathon, 3)
    past_deadline(hackathon)
    hackathon.prizes.create(place=1, title_en="Sample award").teams.add(awarded)

    def waits_after(days):
        day = timezone.localdate() - timedelta(days=days)
        type(edition).objects.update(starts_on=day, ends_on=day)
        page = staff_client.get("/admin/").content.decode()
        return [what for what in ("people", "project", "later") if f"missing={what}" in page]

    assert waits_after(10) == []
    assert waits_after(200) == ["later"]
    assert list(Team.objects.without_later()) == [awarded]
    Team.objects.update(later_en="Sample news")
    assert waits_after(200) == []


def test_figures_are_true_for_those_who_see_the_rows_and_each_look_is_noted(staff_client, hackathon, pages):
    make_member(hackathon, make_team(hackathon), inclusion={"gender": "woman"})

    page = read(staff_client.get(pages["figures"]))

    assert "People in teams: 1" in page
    assert "Phnom Penh" in page
    assert "Woman" in page
    assert AccessLog.objects.get().columns == "gender"


def test_figures_tell_others_no_answer_of_few(client, django_user_model, hackathon, pages):
    make_member(hackathon, make_team(hackathon), inclusion={"gender": "woman"})
    officer = django_user_model.objects.create_user("officer", is_staff=True)
    officer.user_permissions.set(rights("view_hackathon"))
    client.force_login(officer)

    page = read(client.get(pages["figures"]))

    assert "People in teams: 0–4" in page
    assert "Phnom Penh" not in page
    assert "Woman" not in page
    assert "Teams of one person" not in page


def test_pages_take_the_same_queries_for_few_and_for_sixty_teams(staff_client, hackathon, pages):
    person = make_member(hackathon)
    lists = [*pages.values(), "/admin/hackathon/team/", "/admin/hackathon/member/"]

    def queries(numbers):
        for number in numbers:
            send_project(make_team(hackathon, number))
        Member.objects.filter(pk=person.pk).update(team=None)
        taken = []
        for page in lists:
            with CaptureQueriesContext(connection) as captured:
                staff_client.get(page)
            taken.append(len(captured))
        return taken

    queries([])
    few = queries(range(1, 3))
    assert queries(range(3, 61)) == few


def test_old_page_of_a_team_writes_over_nothing_that_the_team_has_changed(staff_client, hackathon):
    team = make_team(hackathon)
    page = staff_client.get(f"/admin/hackathon/team/{team.pk}/change/")
    shown = page.context["adminform"].form.initial
    sent = {name: "on" if value is True else value for name, value in shown.items() if value is not False}
    assert all(f'name="initial-{name}"' in page.content.decode() for name in shown)
    Team.objects.update(is_shown=False, later_en="Written by the team")

    staff_client.post(
        page.request["PATH_INFO"], sent | {f"initial-{key}": shown[key] for key in shown} | {"seeks": "x"}
    )

    team.refresh_from_db()
    assert (team.seeks, team.is_shown, team.later.en) == ("x", False, "Written by the team")


def test_team_that_staff_withdraw_keeps_no_hour_of_a_mentor(staff_client, hackathon):
    team, hour = make_team(hackathon), make_hour(hackathon)
    booking.book(team, hour.pk, "Sample question")

    staff_client.post(f"/admin/hackathon/team/{team.pk}/change/", {"name": team.name, "is_withdrawn": "on"})

    assert MentorHour.objects.free().get() == hour


def test_hour_that_is_typed_twice_is_said(staff_client, hackathon):
    sent = {"hackathon": hackathon.pk, "name_en": "Sample Mentor", "position": 0}
    sent |= {"hours-TOTAL_FORMS": 2, "hours-INITIAL_FORMS": 0}
    for row in range(2):
        sent |= {f"hours-{row}-starts_at_0": "2024-03-26", f"hours-{row}-starts_at_1": "9:00"}
        sent |= {f"hours-{row}-ends_at_0": "2024-03-26", f"hours-{row}-ends_at_1": "10:00"}

    page = staff_client.post("/admin/hackathon/mentor/add/", sent)

    assert "This mentor has an hour at this time already." in read(page)
    assert not MentorHour.objects.exists()
