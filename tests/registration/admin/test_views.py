"""Views of a list: those that the site has ready, and one's own under a name, which hold filters and nothing else."""

import pytest
from django.http import QueryDict
from django.test import Client

from registration.admin.lists import views
from registration.choices import Status
from registration.models import SavedView
from tests.factories import make_edition, make_registration
from tests.pages import read
from tests.registration.admin.registrations.test_registration import LIST, member_of
from tests.travel_factories import make_request

KEEP = f"{LIST}views/registration/keep/"
QUERY = "province__exact=07&province__exact=23&status__exact=received"


@pytest.fixture
def desk(client, db):
    return member_of("Registration desk", client)


def shown(client, address=LIST):
    return {link["name"]: link["address"] for link in client.get(address).context["views"]["links"]}


def test_people_from_the_provinces_who_wait_for_a_decision(desk, edition):
    for number, (province, status) in enumerate([("07", "received"), ("12", "received"), ("07", "declined")]):
        person = make_registration(edition, phone=f"+8551200000{number}", province=province)
        type(person).objects.filter(pk=person.pk).update(status=status, place_no=None)

    rows = desk.get(shown(desk)["From the provinces, undecided"]).context["cl"].result_list

    assert [(row.province, row.status) for row in rows] == [("07", Status.RECEIVED)]


def test_each_view_that_the_site_has_ready_opens_and_is_marked(staff_client, edition):
    make_request(edition)
    for model, ready in views.READY.items():
        address = f"/admin/registration/{model._meta.model_name}/"
        links = shown(staff_client, address)
        for one in ready:
            opened = staff_client.get(links[str(one.name)])
            assert opened.status_code == 200
            assert [link["name"] for link in opened.context["views"]["links"] if link["is_shown"]] == [str(one.name)]
            assert not opened.context["views"]["to_keep"]


def test_list_of_messages_is_offered_to_those_who_may_see_it(edition):
    assert "People to call" in shown(member_of("Registration desk", Client()))
    assert "People to call" not in shown(member_of("Travel desk", Client()))


def test_own_view_is_kept_without_search_page_and_year(desk, edition):
    page = desk.get(f"{LIST}?{QUERY}&q=sok&p=1&edition=2024&o=2")
    assert "Keep these filters as a view" in read(page)

    desk.post(KEEP, {"name": "  South ", "query": f"{QUERY}&q=sok&p=1&edition=2024&o=2"})

    view = SavedView.objects.get()
    assert (view.name, QueryDict(view.query)) == ("South", QueryDict(f"{QUERY}&o=2"))
    assert desk.get(shown(desk)["South"]).status_code == 200
    assert "South" not in shown(member_of("Travel desk", Client()))


def test_view_shows_the_year_that_the_list_shows(desk, edition):
    make_edition(year=2023)
    desk.post(KEEP, {"name": "South", "query": QUERY})

    opened = desk.get(shown(desk, f"{LIST}?edition=2023")["South"])

    assert opened.wsgi_request.GET["edition"] == "2023"


def test_view_of_the_same_name_is_written_anew(desk, edition):
    for query in (QUERY, "status__exact=waiting"):
        desk.post(KEEP, {"name": "South", "query": query})

    assert SavedView.objects.get().query == "status__exact=waiting"


@pytest.mark.parametrize("query", ["inclusion_answers__isnull=False", "status__exact=received&phone__startswith=0"])
def test_filter_that_the_list_does_not_have_is_not_kept(desk, edition, query):
    assert desk.post(KEEP, {"name": "x", "query": query}).status_code == 400
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "query"), [("", QUERY), ("x" * 61, QUERY), ("x", ""), ("x", "q=sok"), ("x", "edition=2024")]
)
def test_what_is_no_view_is_refused_in_words(desk, edition, name, query):
    said = read(desk.post(KEEP, {"name": name, "query": query}, follow=True))

    assert "Nothing was kept" in said
    assert not SavedView.objects.exists()


def test_many_views_are_enough(desk, edition, monkeypatch):
    monkeypatch.setattr(views, "AT_MOST", 1)
    desk.post(KEEP, {"name": "South", "query": QUERY})

    assert "Take one away first" in read(desk.post(KEEP, {"name": "North", "query": QUERY}, follow=True))
    desk.post(KEEP, {"name": "South", "query": "status__exact=waiting"})
    assert SavedView.objects.get().query == "status__exact=waiting"


def test_view_with_a_filter_that_the_list_has_no_more_is_not_shown(desk, edition, django_user_model):
    user = django_user_model.objects.get(username="Registration desk")
    SavedView.objects.create(user=user, of="registration", name="Old", query="gone=1&status__exact=received")

    assert "Old" not in shown(desk)


def test_view_is_taken_away_by_its_owner_alone(desk, edition):
    desk.post(KEEP, {"name": "South", "query": QUERY})
    address = f"{LIST}views/registration/{SavedView.objects.get().pk}/take-away/"

    assert member_of("Travel desk", Client()).post(address).status_code == 404
    assert "is taken away" in read(desk.post(address, follow=True))
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(("of", "status"), [("arrangement", 403), ("travelrequest", 403), ("user", 404)])
def test_list_that_a_colleague_may_not_see_keeps_no_view(desk, edition, of, status):
    assert desk.post(f"{LIST}views/{of}/keep/", {"name": "x", "query": "open=yes"}).status_code == status
