"""The first page of the staff: what it says, to whom, and what it costs."""

import re
from datetime import datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.translation import override

from agenda.models import Session
from agenda.publishing.versions import publish
from conference import clock
from registration.admin.front_page import shelves
from registration.admin.front_page.home import at_work
from registration.models import Registration
from registration.signing_up import transitions
from tests.factories import make_edition, make_registration
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import member_of

pytestmark = pytest.mark.django_db


def test_it_takes_twelve_queries_at_most_however_much_there_is(client, edition, django_assert_max_num_queries):
    officer = member_of("Registration desk", client)
    member = get_user_model().objects.get()
    member.groups.set(Group.objects.all())
    make_edition(year=2031)
    publish(edition, by=None)
    for number in range(3):
        make_registration(edition, name_latin=f"SAMPLE {number}")
    officer.get("/admin/")

    with django_assert_max_num_queries(12):
        said = read(officer.get("/admin/"))
    assert "never published" in said


def test_it_says_how_many_come_of_how_many_are_expected(client, edition):
    people = [make_registration(edition, name_latin=f"SAMPLE {number}") for number in range(3)]
    transitions.cancel(people[0])
    Registration.objects.filter(pk=people[1].pk).update(created_at=clock.now() - timedelta(days=9))

    said = read(member_of("Registration desk", client).get("/admin/"))

    assert "2 of 75 registered for 2024" in said
    assert "2 new in seven days" in said


def test_an_edition_that_is_not_public_leads_to_what_it_needs(client, edition):
    new = make_edition(year=2031, is_public=False)

    page = member_of("Programme editors", client).get("/admin/")

    assert "The edition of 2031 is not public yet: make it ready" in read(page)
    assert f"/admin/conference/edition/{new.pk}/ready/" in links(page)
    assert "The edition of 2024" not in read(page)


def test_a_list_of_people_is_brought_in_from_the_first_page(client, edition):
    address = "/admin/registration/bringingin/add/"
    assert address in links(member_of("Registration desk", client).get("/admin/"))
    member = get_user_model().objects.get()
    member.groups.set(Group.objects.filter(name="Travel desk"))
    assert address not in links(client.get("/admin/"))


def test_changes_that_wait_lead_to_publishing_them(client, edition):
    publish(edition, by=None)
    editor = member_of("Programme editors", client)
    assert "that the public does not see" not in read(editor.get("/admin/"))
    Session.objects.filter(title_en="Lunch Break").update(title_en="Lunch")

    page = editor.get("/admin/")

    assert "1 change in the agenda of 2024 that the public does not see" in read(page)
    assert "/admin/agenda/programmeversion/publish/2024/" in links(page)
    assert "agenda of 2024" not in read(member_of("Registration desk", client).get("/admin/"))


def test_today_s_programme_stands_there_on_the_days_of_the_conference(client, edition, settings):
    publish(edition, by=None)
    session = Session.objects.filter(day__date=edition.starts_on, parent=None).exclude(title_en="").in_order().last()
    Session.objects.filter(pk=session.pk).update(title_en="Only in the draft")
    editor = member_of("Programme editors", client)
    assert session.title_en not in read(editor.get("/admin/"))
    settings.SITE_CLOCK = datetime(2024, 3, 26, 10)

    said = read(editor.get("/admin/"))

    assert session.title_en in said
    assert "Only in the draft" not in said


def test_every_table_of_the_admin_has_its_shelf_in_the_same_order_in_both_languages(rf, admin_user):
    request = rf.get("/admin/")
    request.user = admin_user
    orders = []
    for language in ("en", "km"):
        with override(language):
            found = shelves.shelves(admin.site.get_app_list(request))
            orders.append([[table["object_name"] for table in shelf.tables] for shelf in found])

    assert orders[0] == orders[1] == [names.split() for _name, names in shelves.all_shelves()]


def test_each_person_sees_the_tasks_that_they_may_do(client, edition):
    seen = {group: links(member_of(group, client).get("/admin/")) for group in ("Programme editors", "Travel desk")}

    assert "/admin/agenda/session/import/" in seen["Programme editors"]
    assert "/admin/agenda/session/import/" not in seen["Travel desk"]
    assert "/admin/registration/travelrequest/" in seen["Travel desk"]
    assert "/admin/registration/travelrequest/" not in seen["Programme editors"]


def test_edition_at_work_is_the_same_as_everywhere(edition):
    make_edition(year=2031)
    editions = [*type(edition).objects.latest_first()]

    for today in (clock.today(), edition.ends_on + timedelta(days=29), edition.ends_on + timedelta(days=31)):
        assert at_work(editions, today) == type(edition).objects.at_work(today)


@pytest.mark.parametrize("language", ["en", "km"])
def test_column_beside_each_page_has_the_shelves_too(staff_client, edition, language):
    staff_client.post("/language/setlang/", {"language": language})

    page = staff_client.get("/admin/agenda/track/").text

    column = page[page.index('id="nav-sidebar"') : page.index("</nav>", page.index('id="nav-sidebar"'))]
    there = re.findall(r'href="/admin/\w+/(\w+)/"', column)
    assert there == [name.lower() for _title, names in shelves.all_shelves() for name in names.split()]
    assert column.count("aria-current") == 1
