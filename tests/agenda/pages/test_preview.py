"""Staff look at what is not published yet, and at what was published once."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from agenda.models import Appearance, Session
from agenda.publishing import versions
from tests.agenda.publishing.test_versions import agenda_of
from tests.pages import read


@pytest.mark.parametrize("page", ["agenda/", "agenda/talk/", "speakers/"])
@pytest.mark.parametrize("language", ["en", "km"])
def test_staff_preview_the_draft_on_the_public_pages(staff_client, coming, talk, language, page):
    Appearance.objects.create(session=talk, label_en="A late guest", label_km="ភ្ញៀវ")
    Session.objects.update(title_en="Better talk", title_km="បទបង្ហាញល្អ")

    text = read(staff_client.get(f"/{language}/{coming.year}/draft/{page}"))

    assert ("Better talk" if language == "en" else "បទបង្ហាញល្អ") in text
    assert ("This is the draft." if language == "en" else "នេះជាសេចក្តីព្រាង។") in text


def test_staff_preview_an_edition_that_is_not_public_yet(staff_client, coming):
    coming.is_public = False
    coming.save()

    assert "Talk" in read(agenda_of(staff_client, coming, under="draft/"))
    assert agenda_of(staff_client, coming).status_code == 404


def test_links_of_the_preview_stay_in_the_preview(staff_client, coming):
    html = agenda_of(staff_client, coming, under="draft/").content.decode()

    assert f'href="/en/{coming.year}/draft/agenda/talk/"' in html


@pytest.mark.parametrize("page", ["draft/agenda/", "draft/agenda/talk/", "versions/1/"])
def test_public_is_sent_to_sign_in_instead_of_the_draft(client, coming, page):
    response = client.get(f"/en/{coming.year}/{page}")

    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


@pytest.mark.parametrize("page", ["draft/agenda/", "draft/agenda/talk/", "draft/agenda.ics", "versions/1/"])
@pytest.mark.parametrize(
    ("permissions", "is_staff", "status"),
    [
        (["view_session"], True, 200),
        (["change_session"], True, 200),
        ([], True, 403),
        (["view_registration"], True, 403),
        (["view_session"], False, 403),
    ],
)
def test_draft_opens_for_who_sees_the_programme_in_the_admin(client, coming, page, permissions, is_staff, status):
    user = get_user_model().objects.create_user("member", is_staff=is_staff)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)

    assert client.get(f"/en/{coming.year}/{page}").status_code == status


def test_preview_is_kept_by_no_cache(staff_client, coming):
    for page in ("draft/agenda/", "versions/1/"):
        assert "no-store" in staff_client.get(f"/en/{coming.year}/{page}")["Cache-Control"]


def test_old_version_can_be_looked_at_with_its_number(staff_client, coming, talk):
    Session.objects.update(title_en="Better talk")
    versions.publish(coming, by=None)

    text = read(staff_client.get(f"/en/{coming.year}/versions/1/"))

    assert "This is published version 1, as it was then." in text
    assert "Better talk" not in text
    assert staff_client.get(f"/en/{coming.year}/versions/3/").status_code == 404
