"""The staff's side: what is not published yet, publishing, restoring."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from agenda.choices import SessionState
from agenda.models import ProgrammeVersion, Session
from agenda.publishing import versions
from conference.models import Edition
from registration.staff import make_groups
from tests.factories import make_day, make_edition, make_session
from tests.pages import links, read

VERSIONS = "/admin/agenda/programmeversion/"
PUBLISH = f"{VERSIONS}publish/2030/"
PAGES = [
    "/admin/agenda/session/chase/",
    "/admin/agenda/",
    "/admin/agenda/session/",
    "/admin/agenda/session/add/",
    "/admin/agenda/day/",
    "/admin/agenda/speaker/",
    "/admin/agenda/track/",
    "/admin/agenda/room/",
    VERSIONS,
]


@pytest.fixture
def version(db):
    day = make_day(make_edition())
    make_session(day, title_en="Talk", title_km="បទបង្ហាញ", code="talk")
    return versions.publish(day.edition, by=None)


def rename(title="Better talk"):
    Session.objects.update(title_en=title)


def seen(response):
    return re.search('name="seen" value="(.*?)"', response.content.decode())[1]


@pytest.mark.parametrize("page", PAGES)
def test_every_admin_page_of_the_agenda_counts_unpublished_changes(staff_client, version, page):
    assert "unpublished" not in read(staff_client.get(page))
    rename()

    response = staff_client.get(page)

    assert "1 unpublished change:" in read(response)
    assert {PUBLISH, "/en/2030/draft/agenda/"} <= set(links(response))


def test_first_page_leads_publishers_to_publishing_also_where_nothing_waits(staff_client, version):
    page = staff_client.get("/admin/")

    assert "Publish the agenda" in read(page)
    assert PUBLISH in links(page)


def test_page_of_a_session_counts_in_khmer(staff_client, version):
    rename()
    staff_client.post("/language/setlang/", {"language": "km", "next": "/admin/"})

    text = read(staff_client.get(f"/admin/agenda/session/{Session.objects.get().pk}/change/"))

    assert "បម្រែបម្រួលមិនទាន់ផ្សព្វផ្សាយ ១" in text


@pytest.mark.parametrize("of_one", [False, True])
def test_moment_of_publishing_is_in_khmer_digits(staff_client, version, of_one):
    staff_client.post("/language/setlang/", {"language": "km", "next": "/admin/"})

    text = read(staff_client.get(f"{VERSIONS}{version.pk}/change/" if of_one else VERSIONS))

    assert re.search("ឆ្នាំ[០-៩]{4} ម៉ោង [០-៩]", text)


def test_site_that_never_published_says_so(staff_client, edition):
    assert "not published yet: the site shows what you save" in read(staff_client.get("/admin/agenda/session/"))


def test_publishing_shows_the_differences_in_words(staff_client, version):
    rename()

    assert "Better talk: renamed; the title was: Talk" in read(staff_client.get(PUBLISH))


def test_publishing_says_what_better_be_cancelled(staff_client, version):
    rename()
    assert "is better set to “cancelled”" not in read(staff_client.get(PUBLISH))
    Session.objects.update(state=SessionState.DRAFT)

    assert "is better set to “cancelled”" in read(staff_client.get(PUBLISH))


def test_nothing_to_publish_leads_back(staff_client, version):
    response = staff_client.get(PUBLISH)

    assert "There is nothing to publish" in read(response)
    assert "Back" in read(response)


@pytest.mark.parametrize(("title", "named"), [("Talk 中文", True), ("Nguyễn Thị Ánh", False)])
def test_staff_are_told_before_publishing_what_the_pdf_cannot_print(staff_client, version, title, named):
    rename(title)

    text = read(staff_client.get(PUBLISH))

    assert ("The fonts of the PDF do not have these letters" in text) is named
    assert ("Talk 中文: 中文" in text) is named


def test_staff_publish_with_a_note_in_both_languages(staff_client, version):
    rename()
    data = {"seen": seen(staff_client.get(PUBLISH)), "note_en": "We are sorry.", "note_km": "សូមអភ័យទោស\u200b"}

    text = read(staff_client.post(PUBLISH, data, follow=True))

    latest = ProgrammeVersion.objects.latest_of(version.edition)
    assert "Version 2 is published." in text
    assert (latest.number, latest.note_en, latest.note_km) == (2, "We are sorry.", "សូមអភ័យទោស")
    assert latest.published_by.username == "chief"


def test_after_publishing_staff_see_what_an_edition_still_needs_or_the_versions_of_its_year(staff_client, version):
    for number, is_public in enumerate([True, False]):
        Edition.objects.update(is_public=is_public)
        rename(f"Talk {number}")
        there = staff_client.post(PUBLISH, {"seen": seen(staff_client.get(PUBLISH))})
        edition = version.edition
        assert there.url == (
            f"{VERSIONS}?edition=2030" if is_public else f"/admin/conference/edition/{edition.pk}/ready/"
        )


def test_what_changed_since_one_looked_is_shown_first_and_the_note_stays(staff_client, version):
    rename()
    data = {"seen": seen(staff_client.get(PUBLISH)), "note_en": "We are sorry."}
    rename("Best talk")

    text = read(staff_client.post(PUBLISH, data))

    assert "Nothing was published: read what would change now, then publish." in text
    assert "Best talk: renamed" in text
    assert "We are sorry." in text
    assert ProgrammeVersion.objects.count() == 1


def test_publishing_twice_makes_one_version(staff_client, version):
    rename()
    data = {"seen": seen(staff_client.get(PUBLISH))}

    for _once in range(2):
        staff_client.post(PUBLISH, data)

    assert ProgrammeVersion.objects.count() == 2


def test_looking_at_the_page_publishes_nothing(staff_client, version):
    rename()

    staff_client.get(PUBLISH, {"seen": "x"})

    assert ProgrammeVersion.objects.count() == 1


def test_nothing_to_publish_is_said(staff_client, version):
    text = read(staff_client.get(PUBLISH))

    assert "There is nothing to publish" in text


def test_staff_restore_a_version_into_the_draft_and_publish_it(staff_client, version):
    rename()
    versions.publish(version.edition, by=None)
    page = f"{VERSIONS}{version.pk}/restore/"
    assert "Talk: renamed; the title was: Better talk" in read(staff_client.get(page))

    text = read(staff_client.post(page, follow=True))

    assert "The draft is as in version 1." in text
    assert Session.objects.get().title_en == "Talk"
    assert ProgrammeVersion.objects.count() == 2


def test_day_in_the_way_of_restoring_is_explained(staff_client, version):
    make_day(version.edition, date=version.edition.ends_on)

    text = read(staff_client.post(f"{VERSIONS}{version.pk}/restore/"))

    assert "The draft has a day that is not in that version." in text


def test_page_of_a_version_leads_to_what_it_showed(staff_client, version):
    response = staff_client.get(f"{VERSIONS}{version.pk}/change/")

    assert {"/en/2030/versions/1/", f"{VERSIONS}{version.pk}/restore/"} <= set(links(response))


def test_versions_are_written_by_publishing_only(staff_client, version):
    assert staff_client.get(f"{VERSIONS}add/").status_code == 403
    assert staff_client.post(f"{VERSIONS}{version.pk}/delete/", {"post": "yes"}).status_code == 403
    assert staff_client.post(f"{VERSIONS}{version.pk}/change/", {"number": 9}).status_code == 403


def sign_in_staff(client, *, group=None, permissions=()):
    user = get_user_model().objects.create_user("staff", is_staff=True)
    if group:
        make_groups()
        user.groups.add(Group.objects.get(name__startswith=group))
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)


def test_programme_editors_may_publish(client, version):
    sign_in_staff(client, group="Programme editors")
    rename()

    assert PUBLISH in links(client.get("/admin/agenda/session/"))
    assert client.get(PUBLISH).status_code == 200


def test_who_may_only_change_sessions_may_not_publish_or_restore(client, version):
    sign_in_staff(client, permissions=["view_session", "change_session", "view_programmeversion"])
    rename()

    assert PUBLISH not in links(client.get("/admin/agenda/session/"))
    for page in (PUBLISH, f"{VERSIONS}{version.pk}/restore/"):
        assert client.post(page).status_code == 403
    assert f"{VERSIONS}{version.pk}/restore/" not in links(client.get(f"{VERSIONS}{version.pk}/change/"))


@pytest.mark.parametrize("sessions", [3, 60])
def test_counting_takes_as_many_queries_for_many_sessions(version, sessions, django_assert_num_queries):
    for number in range(sessions):
        make_session(version.edition.days.get(), title_en=f"Session {number}")

    with django_assert_num_queries(5):
        assert len(versions.unpublished(version.edition).lines) == sessions
