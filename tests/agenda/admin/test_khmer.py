"""The page on which a Khmer speaker reads both languages side by side."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from agenda.models import Session
from conference.models import Edition, Organisation
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import member_of

PAGE = "/admin/agenda/session/khmer/?edition=2024"
CHASE = "/admin/agenda/session/chase/?edition=2024"


def keys(page):
    return re.findall(r'name="right" value="([^"]+)"', page.text)


@pytest.mark.parametrize("language", ["en", "km"])
def test_it_shows_both_languages_with_the_way_to_correct_them(staff_client, edition, language):
    staff_client.post("/language/setlang/", {"language": language})

    page = staff_client.get(PAGE)

    assert edition.title_km in read(page)
    assert edition.title_en in read(page)
    assert f"/admin/conference/edition/{edition.pk}/change/" in links(page)


def test_what_is_ticked_is_marked_and_the_rest_stays(client, edition):
    editor = member_of("Programme editors", client)
    first, *_others = keys(editor.get(PAGE))

    said = read(editor.post(PAGE, {"right": [first]}, follow=True))

    assert "1 is marked as right." in said
    edition.refresh_from_db()
    assert edition.khmer_checked
    assert not Session.objects.filter(khmer_checked=True).exists()
    assert LogEntry.objects.get().object_id == str(edition.pk)


def test_one_press_marks_all_that_is_shown_and_nothing_else(client, edition):
    editor = member_of("Programme editors", client)
    page = editor.get(PAGE)
    shown = re.findall(r'name="shown" value="([^"]+)"', page.text)

    assert shown == keys(page)
    said = read(editor.post(PAGE, {"shown": shown, "all": ""}, follow=True))

    assert f"{len(shown)} are marked as right." in said
    assert not set(shown) & set(keys(editor.get(PAGE)))
    assert LogEntry.objects.count() == len(shown)


def test_a_text_that_was_changed_meanwhile_is_not_marked(client, edition):
    editor = member_of("Programme editors", client)
    first, *_others = keys(editor.get(PAGE))
    Edition.objects.update(title_km="ចំណងជើងថ្មី")

    said = read(editor.post(PAGE, {"right": [first]}, follow=True))

    assert "1 is not marked" in said
    assert not Edition.objects.get().khmer_checked


def test_what_one_may_not_change_one_may_not_mark(client, edition):
    editor = member_of("Programme editors", client)
    first, *_others = keys(editor.get(PAGE))
    desk = member_of("Registration desk", client)
    assert desk.get(PAGE).status_code == 403
    get_user_model().objects.get(username="Registration desk").user_permissions.add(
        Permission.objects.get(codename="view_session", content_type__app_label="agenda")
    )

    assert keys(desk.get(PAGE)) == []
    assert "1 is not marked" in read(desk.post(PAGE, {"right": [first]}, follow=True))
    assert not Edition.objects.get().khmer_checked


def test_progress_is_told_by_kind(staff_client, edition):
    Organisation.objects.update(khmer_checked=True)

    said = read(staff_client.get(PAGE))

    assert re.search(r"Organisations: (\d+) of \1 read", said)
    assert "Conference editions: 0 of 1 read" in said or re.search(r"ditions: 0 of 1 read", said)


def test_when_all_is_read_it_says_so(staff_client, edition, monkeypatch):
    monkeypatch.setattr("agenda.admin.chase.khmer.to_read", lambda rows: [])

    assert "All Khmer texts have been read." in read(staff_client.get(PAGE))


def test_chase_list_shows_some_of_each_part_and_leads_to_all(staff_client, edition, monkeypatch):
    monkeypatch.setattr("agenda.admin.chase.ITEMS_OF_EACH", 2)
    monkeypatch.setattr("agenda.admin.chase.ITEMS_A_PAGE", 3)

    page = staff_client.get(CHASE)

    assert "/admin/agenda/session/khmer/?edition=2024" in links(page)
    assert f"{CHASE}&part=confirm" in links(page)
    part = staff_client.get(f"{CHASE}&part=confirm")
    assert "Page 1 of 2" in read(part)
    assert part.text.count('class="chase-items"') == 1
    assert len(re.findall(r"<li>\s*<a href", part.text.split('class="chase-items"')[1].split("</ul>")[0])) == 3
