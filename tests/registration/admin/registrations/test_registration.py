from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import F

from agenda.choices import Kind
from agenda.models import Day, Session
from agenda.publishing.versions import publish_first
from registration.choices import Look, Status
from registration.models import (
    AccessLog,
    Attendance,
    GuardianCall,
    InclusionAnswers,
    Message,
    Registration,
    TravelRequest,
)
from registration.signing_up import rules
from registration.staff import make_groups
from tests.factories import choice_of, make_answers, make_registration, row_of
from tests.pages import read

LIST = "/admin/registration/registration/"
SENSITIVE = {"access_note": "CANARY-NOTE", "access_needs": ["quiet_room"], "groups": ["lgbtqi"], "gender": "woman"}


@pytest.fixture
def person(edition):
    return make_registration(
        edition,
        name_km="សុខ ដារ៉ា",
        name_latin="SOK Dara",
        phone="+85512323045",
        inclusion=SENSITIVE,
        travel={"nights": [], "emergency_name": "CANARY-MOTHER"},
    )


def member_of(group_name, client):
    make_groups()
    user = get_user_model().objects.create_user(group_name, password="a long password", is_staff=True)
    user.groups.add(Group.objects.get(name__startswith=group_name))
    client.force_login(user)
    return client


@pytest.fixture
def desk_client(client, db):
    return member_of("Registration desk", client)


@pytest.mark.parametrize(
    "typed", ["សុខ ដារ៉ា", "សុខដារ៉ា", "sok dara", "Dara", "012 32 30 45", "០១២៣២៣០៤៥", "+855 12 323 045", "Sample Org"]
)
def test_search_finds_a_person_in_both_scripts_and_by_number(staff_client, person, typed):
    make_registration(person.edition, name_km="គំរូ ផ្សេង", name_latin="OTHER Person", organisation="Elsewhere")

    text = read(staff_client.get(LIST, {"q": typed}))

    assert "SOK Dara" in text
    assert "OTHER Person" not in text


def test_search_finds_a_reference_number_as_it_is_said(staff_client, person):
    for typed in (person.spoken_code, person.spoken_code.lower(), person.code):
        assert list(Registration.objects.matching(typed)) == [person]


def test_search_for_another_name_finds_no_person(person):
    assert not Registration.objects.matching("CHAN Bopha").exists()


def test_desk_changes_contact_as_people_type_it_but_not_where_it_stands(desk_client, person):
    page = f"{LIST}{person.pk}/change/"
    form = desk_client.get(page).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    data |= {
        "days": [day.pk for day in person.days.all()],
        "status": Status.CANCELLED,
        "attendance-0-day": person.days.first().pk,
        "phone": "០១២ ០០០ ០០២",
    }
    data |= {
        "consents-TOTAL_FORMS": 0,
        "consents-INITIAL_FORMS": 0,
        "steps-TOTAL_FORMS": 0,
        "steps-INITIAL_FORMS": 0,
        "attendance-TOTAL_FORMS": 1,
        "attendance-INITIAL_FORMS": 0,
        "name_latin": " SOK  Dara\u200b Sample",
    }

    assert desk_client.post(page, data).status_code == 302

    person.refresh_from_db()
    assert (person.status, person.name_latin, person.phone) == (Status.CONFIRMED, "SOK Dara Sample", "+85512000002")
    assert person.name_latin_key == "sokdarasample"
    assert (person.attendance.get().day, person.attendance.get().noted_by.username) == (
        person.days.first(),
        "Registration desk",
    )
    assert "channel" not in form.fields


def test_staff_without_the_right_add_no_registration(client, edition):
    member_of("Travel desk", client)

    assert client.get(f"{LIST}add/").status_code == 403


@pytest.mark.parametrize(("ending", "starts"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_export_gives_what_the_list_shows_and_leaves_a_line(desk_client, person, ending, starts):
    make_registration(person.edition, name_km="", name_latin="OTHER Person")

    response = desk_client.get(f"{LIST}export.{ending}", {"q": "sok dara"})

    content = b"".join(response)
    assert content.startswith(starts)
    assert f'.{ending}"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert b"OTHER Person" not in content
    line = AccessLog.objects.get()
    assert (line.look, line.subject, line.count) == (Look.EXPORT, f"attendees-2024.{ending}", 1)
    assert "phone" in line.columns


def test_export_needs_its_permission(client, person):
    editor = member_of("Programme editors", client)

    for address in (LIST, f"{LIST}export.xlsx", f"{LIST}export.csv"):
        assert editor.get(address).status_code == 403


def test_desk_and_editors_meet_no_sensitive_answer_anywhere(person, client):
    guardian_call = GuardianCall.objects.create(
        edition=person.edition,
        parent_key=uuid4(),
        guardian_name="CANARY",
        guardian_phone="+85512000009",
        language="km",
    )
    addresses = [
        LIST,
        f"{LIST}{person.pk}/change/",
        f"{LIST}{person.pk}/history/",
        f"{LIST}{person.pk}/delete/",
        f"{LIST}?q=sok",
        f"{LIST}export.csv",
        "/admin/",
        f"/admin/registration/inclusionanswers/{person.inclusion_answers.pk}/change/",
        "/admin/registration/inclusionanswers/",
        f"/admin/registration/travelrequest/{person.travel_request.pk}/change/",
        "/admin/registration/accesslog/",
        "/admin/registration/guardiancall/",
    ]
    for name in ("Programme editors", "Registration desk", "Observers"):
        member = member_of(name, client)
        calls = f"/admin/registration/guardiancall/{guardian_call.pk}/change/"
        for address in addresses if name == "Registration desk" else [*addresses, calls]:  # the desk makes the calls
            content = b"".join(member.get(address)).decode("utf-8-sig")
            assert "CANARY" not in content
            assert "LGBTQI" not in content
            assert "Quiet room" not in content


def test_looking_at_sensitive_answers_leaves_a_line_without_them(staff_client, person):
    text = read(staff_client.get(f"/admin/registration/inclusionanswers/{person.inclusion_answers.pk}/change/"))

    assert "CANARY-NOTE" in text
    assert "A quiet room" in text
    line = AccessLog.objects.get()
    assert (line.user.username, line.look, line.subject) == ("chief", Look.VIEW, f"inclusionanswers {person}")
    assert "CANARY" not in line.columns


def test_list_of_sensitive_answers_shows_reference_numbers_only(staff_client, person):
    text = read(staff_client.get("/admin/registration/inclusionanswers/"))

    assert person.spoken_code in text
    assert "CANARY" not in text
    assert "SOK Dara" not in text
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("model", [InclusionAnswers, TravelRequest])
def test_sensitive_answers_cannot_be_changed_but_erased_alone(staff_client, person, model):
    address = f"/admin/registration/{model._meta.model_name}/{model.objects.get().pk}/"

    assert staff_client.post(f"{address}change/", {}).status_code == 403
    staff_client.post(f"{address}delete/", {"post": "yes"})

    assert not model.objects.exists()
    assert Registration.objects.get() == person


def test_registration_can_be_erased_with_all_that_belongs_to_it(
    staff_client, person, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        staff_client.post(f"{LIST}{person.pk}/delete/", {"post": "yes"})

    for model in (Registration, InclusionAnswers, TravelRequest, Message):
        assert not model.objects.exists()


@pytest.mark.parametrize("query", ["x=1", "p=0", "p=x", "days__id__exact=x", "status__exact=x", "q=%22"])
@pytest.mark.parametrize("page", ["", "export.csv", "export.xlsx"])
def test_odd_filters_never_break_list_or_export(desk_client, person, page, query):
    assert desk_client.get(f"{LIST}{page}?{query}").status_code in (200, 302, 400)


def test_list_finds_who_goes_to_a_room_and_who_likes_the_hackathon(desk_client, edition):
    room = Session.objects.filter(parent__kind=Kind.BREAKOUT).first()
    answers = make_answers(edition, name_latin="SOK Sample", hackathon="yes")
    answers.breakouts.append(choice_of(room))
    rules.sign_up(edition=edition, answers=answers, language="en", form_token=uuid4())
    make_registration(edition, name_latin="KEO Other")

    pages = [read(desk_client.get(LIST, {"going_to": to})) for to in (room.code, "hackathon")]

    assert all("SOK Sample" in page and "KEO Other" not in page for page in pages)
    assert room.title.en in pages[0]
    assert "KEO Other" in read(desk_client.get(LIST))


def test_list_names_rooms_as_they_are_published(desk_client, edition):
    """One that is not published has the name of the draft: staff can still find who had chosen it."""
    rooms = Session.objects.filter(parent__kind=Kind.BREAKOUT)
    kept, taken_out = rooms.first(), rooms.exclude(parent=rooms.first().parent).first()
    answers = make_answers(edition)
    answers.breakouts.extend([choice_of(kept), choice_of(taken_out)])
    rules.sign_up(edition=edition, answers=answers, language="en", form_token=uuid4())
    Session.objects.filter(pk=taken_out.pk).update(state="draft", title_en="Taken out")
    publish_first(edition)
    Session.objects.filter(pk=kept.pk).update(title_en="Only a draft")

    page = read(desk_client.get(LIST))

    assert kept.title.en in page
    assert "Taken out" in page
    assert "Only a draft" not in page


@pytest.mark.parametrize("page", ["change", "delete"])
def test_page_names_what_was_chosen_as_it_is_published(staff_client, edition, page):
    """Staff read it out to participants: the draft has another title and another date."""
    room = Session.objects.filter(parent__kind=Kind.BREAKOUT, kind=Kind.BREAKOUT).first()
    answers = make_answers(edition)
    answers.breakouts.append(choice_of(room))
    person = row_of(rules.sign_up(edition=edition, answers=answers, language="en", form_token=uuid4()))
    Attendance.objects.create(registration=person, day=room.day)
    publish_first(edition)
    Session.objects.filter(pk__in=[room.pk, room.parent_id]).update(title_en="Only a draft")
    Day.objects.update(date=F("date") + timedelta(days=90))

    text = read(staff_client.get(f"{LIST}{person.pk}/{page}/"))

    assert "Only a draft" not in text
    assert "June" not in text
    if page == "change":
        assert room.title.en in text
        assert room.parent.title.en in text
        assert "March 26, 2024" in text


@pytest.mark.parametrize("lookup", ["travel_request__isnull", "inclusion_answers__isnull", "registered_by__password"])
def test_list_cannot_be_asked_about_what_lies_apart(desk_client, person, lookup):
    assert desk_client.get(LIST, {lookup: "False"}).status_code == 400


@pytest.mark.parametrize("people", [1, 20])
def test_list_takes_the_same_queries_for_few_and_many(staff_client, edition, people, django_assert_num_queries):
    for _person in range(people):
        make_registration(edition)
    staff_client.get(LIST)

    with django_assert_num_queries(10):
        staff_client.get(LIST)


@pytest.mark.parametrize(
    ("group", "sees", "never"),
    [
        ("Inclusion officers", "inclusionanswers", "travelrequest"),
        ("Travel desk", "travelrequest", "inclusionanswers"),
    ],
)
def test_officers_see_their_own_kind_of_answers_only(client, person, group, sees, never):
    officer = member_of(group, client)

    assert "CANARY" in officer.get(f"/admin/registration/{sees}/{answers_of(person, sees)}/change/").content.decode()
    assert officer.get(f"/admin/registration/{never}/{answers_of(person, never)}/change/").status_code == 403


def answers_of(person, model):
    return {"inclusionanswers": person.inclusion_answers, "travelrequest": person.travel_request}[model].pk


@pytest.mark.parametrize("group", ["Registration desk", "Travel desk"])
def test_page_says_days_and_telephone_as_people_do(client, person, group):
    page = member_of(group, client).get(f"{LIST}{person.pk}/change/")

    html = page.content.decode()
    assert "March 26" in read(page)
    assert "2024-03-26" not in html
    if group == "Registration desk":
        assert 'value="012 323 045"' in html


def test_list_filters_by_a_day_in_words(desk_client, person):
    page = desk_client.get(LIST)

    assert "March 26, 2024" in read(page)
    assert "2024-03-26" not in read(page)
    assert "SOK Dara" in read(desk_client.get(LIST, {"days__id__exact": person.days.first().pk}))


def test_answers_are_found_by_the_reference_number_as_it_is_shown(staff_client, person):
    other = make_registration(person.edition, name_latin="OTHER Person")

    text = read(staff_client.get("/admin/registration/inclusionanswers/", {"q": person.spoken_code}))

    assert person.spoken_code in text
    assert other.spoken_code not in text


def test_call_to_a_guardian_is_marked_on_its_own_page(staff_client, edition):
    call = GuardianCall.objects.create(
        edition=edition, parent_key=uuid4(), guardian_name="x", guardian_phone="+85512000009", language="km"
    )
    calls = "/admin/registration/guardiancall/"

    page = read(staff_client.get(f"{calls}{call.pk}/change/"))
    assert "012 000 009" in page
    assert "Mark as called" in page
    assert AccessLog.objects.get().subject == f"guardiancall {call.pk}"

    done = staff_client.post(calls, {"action": "mark_called", "_selected_action": [call.pk]}, follow=True)
    assert "1 call is done." in read(done)
    assert "Mark as called" not in read(staff_client.get(f"{calls}{call.pk}/change/"))
