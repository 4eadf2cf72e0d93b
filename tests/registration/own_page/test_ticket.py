"""The own page is the ticket: who, how it stands, the number, when and where, and what comes next."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from agenda.models import Session
from conference import clock
from conference.files.qr_code import qr_svg
from registration.choices import Agreement, Status, Subject
from registration.links import address_for
from registration.models import ExtraAnswers, Intake, Registration
from registration.own_page.to_add import Addition
from registration.signing_up import transitions
from tests.factories import choice_of, make_answers, make_question, make_registration, row_of, sign_up
from tests.pages import links, read

REGISTER = "/en/2024/register/"


def own_page(client, person):
    return client.get(address_for(person), follow=True)


def desk_code(person):
    return qr_svg(f"{settings.SITE_URL}/admin/registration/registration/?q={person.spoken_code}")


@pytest.fixture
def person(edition):
    return make_registration(edition, name_latin="SOK Dara", name_km="សុខ ដារ៉ា")


def test_ticket_says_who_when_and_where(client, person):
    words = read(own_page(client, person))

    for said in ("SOK Dara", "សុខ ដារ៉ា", "Tuesday, March 26, 2024", "it begins at 8:00", "CADT Innovation Center"):
        assert said in words


def test_code_of_the_ticket_finds_the_person_in_the_list_of_staff(client, staff_client, person):
    make_registration(person.edition, name_latin="KEO Another")

    assert desk_code(person) in own_page(client, person).content.decode()
    found = staff_client.get("/admin/registration/registration/", {"q": person.spoken_code})
    assert [row.pk for row in found.context["cl"].result_list] == [person.pk]


@pytest.mark.parametrize("status", [status for status in Status if status != Status.CONFIRMED])
def test_ticket_without_a_place_has_no_code_to_scan(client, person, status):
    columns = {
        Status.OFFERED: {"offered_until": "2024-03-22T12:00+07:00"},
        Status.WAITING: {"place_no": None, "waiting_since": "2024-03-18T12:00+07:00"},
    }
    Registration.objects.update(status=status, **columns.get(status, {"place_no": None}))

    response = own_page(client, person)

    assert desk_code(person) not in response.content.decode()
    assert person.spoken_code in read(response)


def test_reference_number_is_read_letter_by_letter(client, person):
    first, second = person.spoken_code.split("-")

    assert f"{' '.join(first)}, {' '.join(second)}" in read(own_page(client, person))


def test_sessions_stand_with_their_hour_and_link(client, edition):
    theme = Session.objects.get(code="d2-03").children.first()
    person = row_of(sign_up(edition, replace(make_answers(edition), breakouts=[choice_of(theme)])))

    response = own_page(client, person)

    assert f"/en/2024/agenda/{theme.code}/" in links(response)
    assert "9:00" in read(response)


@pytest.mark.parametrize("is_open", [True, False])
def test_participant_who_cancelled_may_sign_up_again_while_sign_up_is_open(client, person, is_open):
    transitions.cancel(person)
    if not is_open:
        Intake.objects.update(closes_at="2024-03-01T00:00+07:00")

    body = own_page(client, person).content.decode()

    assert (f'class="button" href="{REGISTER}"' in body) == is_open
    assert "Cancel my registration" not in body


def test_what_happens_next_is_only_told_to_a_participant_who_comes(client, person):
    assert "What happens next" in read(own_page(client, person))
    transitions.cancel(person)
    assert "What happens next" not in read(own_page(client, person))  # else a heading with nothing below


def test_what_is_not_said_yet_can_be_added_and_what_is_said_is_not_asked_again(client, edition):
    question = make_question(edition)
    nothing = make_registration(edition, organisation="", email="", telegram="", sector="", province="")
    listed = dict.fromkeys(Subject, Agreement.YES)
    all_of_it = make_registration(edition, telegram="@sample", hackathon="no", consents=listed)
    ExtraAnswers.objects.create(registration=all_of_it, answers={question.key: ["Sample"]})

    assert own_page(client, nothing).context["to_add"] == list(Addition)
    assert own_page(client, all_of_it).context["to_add"] == []


def test_nothing_can_be_added_once_changes_are_over(client, person):
    Intake.objects.update(changes_until="2024-03-01T00:00+07:00")

    assert own_page(client, person).context["to_add"] == []


def test_ticket_to_save_says_what_the_door_needs_and_for_how_long(client, person):
    own_page(client, person)

    page = client.get("/en/registration/ticket/")

    assert desk_code(person) in page.content.decode()
    assert person.spoken_code in read(page)
    assert "Sample Organisation" not in read(page)  # nothing of the answers
    assert "no-store" in page["Cache-Control"]  # of the browser's own doing
    end = datetime(2024, 3, 28, tzinfo=ZoneInfo("Asia/Phnom_Penh"))
    assert clock.now() + timedelta(seconds=int(page["Kept-For"])) == pytest.approx(end, abs=timedelta(minutes=1))


def test_ticket_that_holds_no_more_is_taken_off_the_phone(client, person):
    own_page(client, person)
    transitions.cancel(person)

    page = client.get("/en/registration/ticket/")

    assert page.status_code == 410
    assert desk_code(person) not in page.content.decode()


def test_ticket_is_shown_to_no_stranger(client, person):
    assert client.get("/en/registration/ticket/").status_code == 404
