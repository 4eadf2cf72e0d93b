"""Handbooks, surveys and studies: loaded with the edition, on a page of their own, and where they are used."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda.editions.copying import copy_edition
from agenda.models import Session
from agenda.publishing import versions
from contributions.models import Resource
from contributions.resources import loading
from tests.pages import forget_kept, links, read
from tests.registration.admin.registrations.test_registration import member_of

PAGE = "/en/2024/resources/"


@pytest.fixture
def resources(edition):
    """As the command that loads the edition leaves them."""
    assert Resource.objects.filter(edition=edition).count() == 4
    return edition


def test_page_says_what_is_known_and_where_it_is_used(client, resources):
    page = client.get(PAGE)
    khmer = client.get("/km/2024/resources/")

    assert "By Translated by Open Development Cambodia Organization (ODC) Published 2016 Language Khmer" in read(page)
    assert "Open Data Survey" in read(page)
    assert "Published May 31, 2020 Used in Session 1: Finding of the Open Data Survey in 2020" in read(page)
    assert {"/en/2024/agenda/d1-08/", "/en/2024/agenda/d1-10/", "/en/2024/agenda/d1-12/"} <= set(links(page))
    assert "/en/2024/agenda/#d1-07" in links(page)  # the break has no page of its own
    assert "Licence" not in read(page)  # not known: nothing is made up
    assert "សៀវភៅជំនួយទិន្នន័យបើកចំហ" in read(khmer)


def test_session_and_first_page_lead_there(client, resources):
    assert f"{PAGE}#open-data-survey" in links(client.get("/en/2024/agenda/d1-08/"))
    assert PAGE not in client.get("/en/2024/agenda/d1-14/").text
    assert f"{PAGE}#open-data-handbook" in links(client.get("/en/2024/"))


def test_session_that_is_not_published_is_not_named(client, resources):
    versions.publish(resources, by=None)
    Session.objects.filter(code="d1-08").update(title_en="Secret new title")

    assert "Secret new title" not in read(client.get(PAGE))


def test_resource_stays_with_its_session_whatever_id_it_gets_in_the_draft(client, resources):
    versions.publish(resources, by=None)
    Session.objects.filter(code="d1-08").update(code="another-id")

    assert f"{PAGE}#open-data-survey" in links(client.get("/en/2024/agenda/d1-08/"))


def test_licence_and_link_are_shown_when_staff_know_them(resources):
    staff = member_of("Programme editors", Client())
    row = Resource.objects.get(slug="open-data-survey")
    form = staff.get(f"/admin/contributions/resource/{row.pk}/change/").context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    data |= {"sessions": [session.pk for session in row.sessions.all()]}

    answer = staff.post(
        f"/admin/contributions/resource/{row.pk}/change/",
        data | {"licence": "cc-by-4.0", "url": "https://example.org/survey"},
    )

    assert answer.status_code == 302
    page = Client().get(PAGE)
    assert {"https://example.org/survey", "https://creativecommons.org/licenses/by/4.0/"} <= set(links(page))


def test_edition_without_resources_has_no_page_and_a_copy_takes_them_along(client, resources):
    new = copy_edition(resources, date(2025, 3, 25))
    assert Resource.objects.filter(edition=new).count() == 4
    assert not Session.objects.filter(day__edition=new, resources__isnull=False).exists()

    Resource.objects.all().delete()
    forget_kept()
    assert client.get(PAGE).status_code == 404
    assert "resources" not in client.get("/en/2024/").text


def test_page_takes_as_many_queries_for_many(client, resources):
    def taken():
        forget_kept()
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    few, session = taken(), Session.objects.get(code="d1-08")
    for number in range(20):
        row = Resource.objects.create(edition=resources, slug=f"sample-{number}", title_en=f"Sample {number}")
        row.sessions.add(session)

    assert taken() == few


def test_year_without_a_file_loads_nothing(resources):
    Resource.objects.all().delete()
    resources.year = 1999
    loading.load(resources)

    assert not Resource.objects.exists()
