"""The pages of participants, teams, mentors and the public: what each shows, and to whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hackathon import links
from hackathon.mentoring import booking
from hackathon.models import Hackathon, Member, Mentor, MentorHour, Submission, Team
from hackathon.pitching import stage
from hackathon.pitching.drawing import draw
from registration.links import address_for
from registration.models import Registration
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.hackathon.factories import (
    make_hackathon,
    make_hour,
    make_member,
    make_team,
    past_deadline,
    project_columns,
    send_project,
)
from tests.pages import forget_kept, read

MINE = "/en/hackathon/mine/"
CALL = "/en/2024/hackathon/"
SAYS = {"spoken": ["km"]}


@pytest.fixture
def person(edition):
    return make_registration(edition)


@pytest.fixture
def own_client(client, person):
    client.get(address_for(person))
    return client


@pytest.fixture
def team(hackathon):
    return make_team(hackathon)


def project_data(**changes):
    return {name: value for name, value in project_columns(**changes).items() if value is not None} | {"version": 0}


def test_participant_makes_a_team_and_comes_to_its_page(own_client, hackathon):
    assert "Take part in the hackathon" in read(own_client.get("/en/registration/"))

    sent = own_client.post(MINE, SAYS | {"wish": "make", "name": "Sample team"})

    assert sent.url == MINE
    address = links.member_address(Team.objects.get(), Member.objects.get())
    assert address in own_client.get(MINE).content.decode()
    assert "Your team: Sample team" in read(own_client.get("/en/registration/"))


@pytest.mark.parametrize("wish", ["make", "join"])
def test_form_that_is_sent_twice_is_no_mistake(own_client, team, wish):
    sent = SAYS | {"wish": wish, "name": "Sample", "code": team.code}
    own_client.post(MINE, sent)

    assert own_client.post(MINE, sent).status_code == 302
    assert Team.objects.count() == (2 if wish == "make" else 1)


@pytest.mark.parametrize("typed", ["{code}", " {lower} ", "{first}-{second}"])
def test_code_is_taken_as_people_type_it(own_client, team, typed):
    code = team.code
    given = typed.format(code=code, lower=code.lower(), first=code[:3], second=code[3:])

    own_client.post(MINE, SAYS | {"wish": "join", "code": given})

    assert Member.objects.get().team == team


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose one of the three."),
        ({"wish": "make"}, "Give the new team a name."),
        ({"wish": "join"}, "Write the code of the team."),
        ({"wish": "join", "code": "ZZZZZZ"}, "No team has this code."),
        ({"wish": "place", "spoken": []}, "Choose at least one language."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(own_client, hackathon, sent, said):
    page = own_client.post(MINE, SAYS | {"contact": "@sample"} | sent)

    assert said in read(page)
    assert 'value="@sample"' in page.content.decode()
    assert not Member.objects.exists()


def test_codes_cannot_be_tried_without_end(own_client, hackathon):
    for _time in range(20):
        own_client.post(MINE, SAYS | {"wish": "join", "code": "ZZZZZZ"})
    assert "tried too often" in read(own_client.post(MINE, SAYS | {"wish": "join", "code": "ZZZZZZ"}))


def test_codes_that_one_tries_in_vain_keep_no_other_of_the_hall_out(own_client, team, edition):
    for _time in range(21):
        own_client.post(MINE, SAYS | {"wish": "join", "code": "ZZZZZZ"})
    neighbour = Client()  # behind the same address
    neighbour.get(address_for(make_registration(edition)))

    neighbour.post(MINE, SAYS | {"wish": "join", "code": team.code})

    assert Member.objects.get().team == team


def test_leaving_asks_first(own_client, person, hackathon):
    member = make_member(hackathon, make_team(hackathon))
    Member.objects.filter(pk=member.pk).update(registration=person)

    asked = own_client.post(f"{MINE}leave/")
    assert "Yes, leave" in read(asked)
    assert Member.objects.exists()
    own_client.post(f"{MINE}leave/", {"sure": "1"})
    assert not Member.objects.exists()


@pytest.mark.parametrize("state", ["no hackathon", "a draft", "cancelled", "a stranger"])
def test_page_of_my_team_is_for_participants_of_a_public_hackathon(client, edition, state):
    person = make_registration(edition)
    if state != "a stranger":
        client.get(address_for(person))
    if state != "no hackathon":
        make_hackathon(edition, is_published=state != "a draft")
    if state == "cancelled":
        transitions.cancel(person)

    assert client.get(MINE).status_code == 404
    assert client.post(MINE, SAYS | {"wish": "make", "name": "Sample"}).status_code == 404


def test_call_is_seen_once_it_is_public(client, hackathon):
    hackathon.data_sets.create(title_en="Sample data", url="https://example.org/data", licence_en="CC BY 4.0")
    hackathon.themes.create(title_en="Sample theme")
    page = read(client.get(CALL))
    assert "Sample call" in page
    assert "Sample theme" in page
    assert "Licence: CC BY 4.0" in page

    Hackathon.objects.update(is_published=False)
    forget_kept()
    assert client.get(CALL).status_code == 404
    assert client.get("/en/2024/hackathon/hall/").status_code == 404
    assert "Hackathon" not in client.get("/en/2024/").content.decode().partition("</header>")[0]


def test_staff_see_the_draft_of_the_call(staff_client, edition):
    make_hackathon(edition, is_published=False)
    assert "Sample call" in read(staff_client.get("/en/2024/draft/hackathon/"))


def test_draft_of_the_call_is_for_staff(client, edition):
    make_hackathon(edition, is_published=False)
    assert client.get("/en/2024/draft/hackathon/").status_code == 302


@pytest.mark.parametrize("page", ["", "project/", "mentors/", "later/"])
def test_link_of_a_team_that_is_wrong_revoked_or_of_another_kind_gets_one_answer(client, team, page):
    mentor = make_hour(team.hackathon).mentor
    old = links.token_for("team", team)
    links.revoke(team)
    wrong = [old, f"{old[:-1]}!", "9" * 18 + old[-33:], "nothing", links.token_for("mentor", mentor)]

    answers = [client.get(f"/en/hackathon/team/{token}/{page}") for token in wrong]

    assert {answer.status_code for answer in answers} == {404}
    assert len({read(answer) for answer in answers}) == 1
    assert "Sample team" not in read(answers[0])


def test_link_of_a_team_opens_no_page_of_a_mentor(client, team):
    Mentor.objects.create(pk=team.pk, hackathon=team.hackathon, name_en="Sample Mentor")  # of the same number
    assert client.get(f"/en/hackathon/mentor/{links.token_for('team', team)}/").status_code == 404


def test_link_lives_over_a_change_of_the_secret_key(client, team, settings):
    address = links.team_address(team)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 8, [settings.SECRET_KEY]
    assert client.get(address).status_code == 200


def test_new_link_is_made_after_a_second_press(client, team):
    old = links.team_address(team)
    client.post(f"{old}new-link/")
    assert client.get(old).status_code == 200

    new = client.post(f"{old}new-link/", {"sure": "1"}).url

    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_team_saves_its_project_and_sees_when(client, team):
    address = links.team_address(team)
    themes = [team.hackathon.themes.create(title_en=title) for title in ("First theme", "Second theme")]

    sent = client.post(
        f"{address}project/",
        project_data(title_km="គំរូ", repository="example.org/code", licence="MIT", theme=themes[1].pk),
    )

    page = read(client.get(sent.url))
    assert "Saved." in page
    assert "Sample project" in page
    assert "https://example.org/code" in page
    assert "MIT" in page
    assert "Theme: Second theme" in page
    assert f":{timezone.localtime(Submission.objects.get().saved_at).second:02}" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title_en": ""}, "Write a title, in English or in Khmer."),
        ({"repository": "javascript:alert(1)"}, "Write an address such as"),
        ({"slides": "no address"}, "Write an address such as"),
        ({"summary_en": "x" * 3001}, "Write at most 3000 characters"),
        ({"theme": "77"}, "Choose from the answers on this page."),
    ],
)
def test_project_with_a_mistake_is_not_saved_and_not_lost(client, team, changes, said):
    page = client.post(f"{links.team_address(team)}project/", project_data(data_used_en="Sample data") | changes)

    assert said in read(page)
    assert "Nothing was saved this time" in read(page)
    assert "Sample data" in page.content.decode()
    assert not Submission.objects.exists()


def test_too_late_says_so_shows_what_stands_and_keeps_what_was_typed(client, team):
    send_project(team, title_en="In time")
    past_deadline(team.hackathon)

    page = client.post(f"{links.team_address(team)}project/", project_data(title_en="Typed too late", version=1))

    assert page.status_code == 409
    assert "Too late: this was not saved" in read(page)
    assert "In time" in read(page)
    assert "Saved last on March 20, 2024" in read(page)
    assert "Typed too late" in page.content.decode()
    assert Submission.objects.get().title_en == "In time"


def test_after_the_deadline_what_stands_is_shown_and_no_form(client, team):
    send_project(team)
    past_deadline(team.hackathon)

    page = client.get(f"{links.team_address(team)}project/")

    assert "Nothing is saved any more." in read(page)
    assert "<textarea" not in page.content.decode()


@pytest.mark.parametrize("sent", [{"title_en": ""}, {"switch": "en"}], ids=["a mistake", "the other language"])
def test_what_was_typed_stays_after_the_deadline_whatever_was_sent(client, team, sent):
    past_deadline(team.hackathon)

    page = client.post(f"{links.team_address(team)}project/", project_data(data_used_en="Typed for an hour") | sent)

    assert "Typed for an hour" in page.content.decode()
    assert "Nothing is saved any more." in read(page)
    assert not Submission.objects.exists()


def test_two_of_a_team_at_once_see_both_texts(client, team):
    address = f"{links.team_address(team)}project/"
    client.post(address, project_data(title_en="Of the first"))

    page = client.post(address, project_data(title_en="Of the second"))

    assert page.status_code == 409
    assert "Of the first" in read(page)
    assert "Of the second" in page.content.decode()
    assert 'name="version" value="1"' in page.content.decode().replace('type="hidden" ', "")
    client.post(address, project_data(title_en="Of the second") | {"version": 1})
    assert Submission.objects.get().title_en == "Of the second"


def test_project_can_be_written_on_in_the_other_language(client, team):
    page = client.post(
        f"/km{links.team_address(team)[3:]}project/", project_data(title_en="Half a tit") | {"switch": "km"}
    )
    assert "Half a tit" in page.content.decode()
    assert not Submission.objects.exists()


def test_hour_is_booked_by_one_team_and_given_back(client, team):
    hour, other = make_hour(team.hackathon), make_team(team.hackathon, 2)
    address = f"{links.team_address(team)}mentors/"

    client.post(address, {"book": hour.pk, "question": "Sample question"})

    with pytest.raises(booking.Gone):
        booking.book(other, hour.pk, "")
    assert "Sample question" in read(client.get(links.mentor_address(hour.mentor)))
    client.post(f"{links.team_address(other)}mentors/", {"back": hour.pk})  # not theirs
    assert MentorHour.objects.get().team == team
    client.post(address, {"back": hour.pk})
    assert (MentorHour.objects.get().team, MentorHour.objects.get().question) == (None, "")


def test_team_books_no_hour_beside_another_and_only_two_ahead(client, team):
    first = make_hour(team.hackathon)
    beside = make_hour(team.hackathon, name_en="Another sample mentor")
    second, third = (make_hour(team.hackathon, hours=hours, name_en=f"Mentor {hours}") for hours in (3, 5))
    address = f"{links.team_address(team)}mentors/"
    client.post(address, {"book": first.pk})

    refused = client.post(address, {"book": beside.pk, "question": "Sample question"})
    assert (refused.status_code, "with another mentor at that time" in read(refused)) == (409, True)
    assert "Sample question" in refused.content.decode()
    client.post(address, {"book": second.pk})
    assert "as many hours as a team may have" in read(client.post(address, {"book": third.pk}))
    assert client.post(address, {"book": "x" * 30}).status_code == 409
    assert team.hours.count() == 2


def test_mentor_takes_back_an_hour_that_is_free(client, team):
    free, booked = make_hour(team.hackathon), make_hour(team.hackathon, hours=4, name_en="Another sample mentor")
    MentorHour.objects.filter(pk=booked.pk).update(mentor=free.mentor, team=team)
    address = links.mentor_address(free.mentor)
    assert "Sample team 1" in read(client.get(address))

    for pk in (free.pk, booked.pk, "nothing"):
        client.post(address, {"take_back": pk})

    assert list(MentorHour.objects.all()) == [booked]


def test_nothing_of_a_draft_is_on_any_page_of_others(client, own_client, team):
    send_project(team, title_en="Secret draft", repository="https://example.org/secret")
    hackathon, other = team.hackathon, make_team(team.hackathon, 2)
    Hackathon.objects.update(projects_shown=True)
    address, mentor = links.team_address(other), links.mentor_address(make_hour(hackathon).mentor)
    pages = [
        CALL,
        f"{CALL}projects/1/",
        f"{CALL}order/",
        f"{CALL}hall/",
        MINE,
        mentor,
        "/en/2024/",
        "/en/registration/",
    ]
    pages += [address, f"{address}project/", f"{address}mentors/", f"{address}later/"]

    for page in pages:
        assert "ecret" not in own_client.get(page, follow=True).content.decode(), page


def test_projects_are_public_once_staff_press_and_go_when_the_team_wishes(client, team):
    send_project(team, data_used_en="Sample data", licence="MIT")
    past_deadline(team.hackathon)
    page = f"{CALL}projects/1/"
    assert client.get(page).status_code == 404

    Hackathon.objects.update(projects_shown=True)
    forget_kept()
    shown = read(client.get(page))
    assert "Sample project" in shown
    assert "Sample data" in shown
    assert "MIT" in shown
    assert "Sample project" in read(client.get(CALL))

    client.post(f"{links.team_address(team)}page/", {"hide": "1"})
    forget_kept()
    assert client.get(page).status_code == 404
    assert "Sample project" not in read(client.get(CALL))


def test_what_became_of_it_is_written_by_the_link_of_the_team(client, team):
    send_project(team)
    address = f"{links.team_address(team)}later/"
    assert client.get(address).status_code == 302  # before the deadline there is nothing to tell
    past_deadline(team.hackathon)
    Hackathon.objects.update(projects_shown=True)

    client.post(address, {"later_en": "Sample news", "later_km": ""})

    assert "Sample news" in read(client.get(f"{CALL}projects/1/"))


def test_each_reason_for_which_the_order_was_drawn_again_is_public(client, hackathon, admin_user):
    send_project(make_team(hackathon))
    past_deadline(hackathon)
    for reason in ("", "Second sample reason", "Third sample reason"):
        draw(hackathon, admin_user, reason=reason)

    page = read(client.get(f"{CALL}order/"))

    assert "Second sample reason" in page
    assert "Third sample reason" in page


def test_hall_tells_who_presents_how_long_and_who_is_next_in_both_languages(client, hackathon, admin_user):
    for number in (1, 2):
        send_project(make_team(hackathon, number))
    past_deadline(hackathon)
    draw(hackathon, admin_user, seed="sample")
    hall = f"{CALL}hall/"
    assert "Next: Team" in read(client.get(hall))

    stage.call_next(hackathon, after=0)
    stage.start_clock(hackathon)
    Hackathon.objects.update(staged_at=timezone.now() - timedelta(seconds=60))

    page = client.get(hall)
    assert "The team presents" in read(page)
    assert "ក្រុមកំពុងបង្ហាញ" in read(page)
    assert "3:5" in read(page) or "4:00" in read(page)
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.content.decode()
    assert "refresh" not in client.get(f"{hall}?still=1").content.decode()


def test_pages_take_the_same_queries_for_few_teams_and_for_sixty(own_client, hackathon):
    pages = [CALL, f"{CALL}order/", f"{CALL}hall/", f"{CALL}projects/1/", MINE]

    def queries(numbers):
        for number in numbers:
            send_project(make_team(hackathon, number, pitch_no=number))
        taken = []
        for page in pages:
            forget_kept()
            with CaptureQueriesContext(connection) as captured:
                own_client.get(page)
            taken.append(len(captured))
        return taken

    Hackathon.objects.update(projects_shown=True)
    hackathon.draws.create(seed="sample")
    few = queries(range(1, 3))
    more = queries(range(3, 61))
    deadline = {"deadline": timezone.now() - timedelta(seconds=1)}
    Hackathon.objects.update(**deadline)
    assert few == more
    all_of_them = queries([])
    Submission.objects.filter(team__number__gt=2).delete()
    assert queries([]) == all_of_them


def test_who_joins_late_sees_what_is_closed(own_client, hackathon):
    past_deadline(hackathon)
    assert "Teams are complete" in read(own_client.get(MINE))
    page = own_client.post(MINE, SAYS | {"wish": "make", "name": "Sample name"})
    assert "cannot be made or joined" in read(page)
    assert 'value="Sample name"' in page.content.decode()
    assert Registration.objects.count() == 1


def test_what_became_of_it_is_not_lost_without_a_cookie_or_in_the_other_language(client, team):
    past_deadline(team.hackathon)
    typed, address = {"later_en": "Typed for long"}, f"{links.team_address(team)}later/"

    for page in (
        Client(enforce_csrf_checks=True).post(address, typed),
        client.post(f"/km{address[3:]}", typed | {"switch": "km"}),
    ):
        assert "Typed for long" in page.content.decode()
    team.refresh_from_db()
    assert not team.later


def test_form_that_came_without_its_cookie_loses_nothing(team):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(f"{links.team_address(team)}project/", project_data(title_en="Typed for an hour"))
    assert page.status_code == 403
    assert "Typed for an hour" in page.content.decode()
