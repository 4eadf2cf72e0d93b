"""The page that staff open every morning."""

import pytest
from django.contrib.admin.models import LogEntry

from agenda.choices import AppearanceState, ConfirmedHow
from agenda.models import Appearance
from tests.factories import make_day, make_edition, make_session
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import member_of

PAGE = "/admin/agenda/session/chase/"


@pytest.fixture
def waiting(db):
    session = make_session(make_day(make_edition()))
    return Appearance.objects.create(session=session, label_en="Sample Office", ask="SAMPLE, 012 000 009")


def confirm_page(appearance):
    return f"{PAGE}{appearance.pk}/confirm/"


@pytest.mark.parametrize("language", ["en", "km"])
def test_page_lists_what_is_open_with_a_link_to_put_it_right(staff_client, waiting, language):
    staff_client.post("/language/setlang/", {"language": language})

    response = staff_client.get(PAGE)

    assert "Sample Office" in read(response)
    assert "SAMPLE, 012 000 009" in read(response)
    assert f"/admin/agenda/session/{waiting.session_id}/change/" in links(response)


def test_one_click_notes_who_confirmed_when_and_how(client, waiting):
    editor = member_of("Programme editors", client)

    response = editor.post(confirm_page(waiting), {"who": " SAMPLE Assistant "}, follow=True)

    assert "“Sample Office” is confirmed." in read(response)
    waiting.refresh_from_db()
    assert waiting.state == AppearanceState.CONFIRMED
    assert (waiting.confirmed_by, waiting.confirmed_how) == ("SAMPLE Assistant", ConfirmedHow.TELEPHONE)
    assert waiting.confirmed_on is not None


def test_history_tells_of_the_confirmation_without_a_name(staff_client, waiting):
    staff_client.post(confirm_page(waiting), {"who": "SAMPLE Assistant"})

    entry = LogEntry.objects.get()
    assert entry.object_id == str(waiting.session_id)
    assert "SAMPLE" not in entry.change_message


@pytest.mark.parametrize("who", ["", "   ", "\u200b\u200b", "x" * 121])
def test_confirming_without_a_name_says_what_to_write_and_changes_nothing(staff_client, waiting, who):
    response = staff_client.post(confirm_page(waiting), {"who": who})

    assert response.status_code == 400
    assert "Write " in read(response)
    waiting.refresh_from_db()
    assert waiting.state == AppearanceState.TO_BE_CONFIRMED


def test_second_confirmation_changes_nothing_and_says_so(staff_client, waiting):
    staff_client.post(confirm_page(waiting), {"who": "SAMPLE First"})

    response = staff_client.post(confirm_page(waiting), {"who": "SAMPLE Second"}, follow=True)

    assert "no longer to be confirmed" in read(response)
    waiting.refresh_from_db()
    assert waiting.confirmed_by == "SAMPLE First"


def test_looking_confirms_nothing(staff_client, waiting):
    assert staff_client.get(confirm_page(waiting)).status_code == 405


@pytest.mark.parametrize("group", ["Registration desk", "Observers"])
def test_page_is_closed_to_who_may_not_see_the_programme(client, waiting, group):
    member = member_of(group, client)

    assert member.get(PAGE).status_code == 403
    assert member.post(confirm_page(waiting), {"who": "SAMPLE"}).status_code == 403
    assert "unfinished" not in read(member.get("/admin/"))


def test_first_page_of_the_admin_counts_and_leads_there(client, waiting):
    response = member_of("Programme editors", client).get("/admin/")

    assert "things unfinished in the programme of 2030" in read(response)
    assert f"{PAGE}?edition=2030" in links(response)


def test_page_is_about_the_edition_that_comes_next_or_the_one_asked_for(staff_client, waiting):
    make_edition(year=2031, title_en="Conference after next", is_public=False)

    assert "Sample Office" in read(staff_client.get(PAGE))
    assert "Conference after next" in read(staff_client.get(PAGE, {"edition": "2031"}))
    assert staff_client.get(PAGE, {"edition": "x"}).status_code == 404


def test_words_to_call_stand_on_no_public_page(client, waiting):
    for page in ("agenda/", f"agenda/{waiting.session.code}/", "speakers/"):
        assert "012 000 009" not in read(client.get(f"/en/2030/{page}"))
