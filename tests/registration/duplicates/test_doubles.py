"""People may take a name and an address that are those of another. No page tells that the other is registered."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registration.choices import MessageKind
from registration.duplicates import merging
from registration.links import address_for
from registration.models import Intake, Message, Registration
from tests.factories import make_registration, others_data
from tests.pages import SPELT, read
from tests.registration.admin.registrations.test_registration import LIST, member_of
from tests.registration.own_page.test_changing import answers

CHANGE = "/en/registration/change/"
OTHERS = "/en/2024/register/others/"
THERE = {"name_km": "", "name_latin": "KEO Bopha", "email": "bopha@example.org"}
NOT_THERE = {"name_km": "", "name_latin": "KEO Sophy", "email": "sophy@example.org"}
TYPED = re.compile("Bopha|Sophy", re.IGNORECASE)
VALUES = re.compile(r"'[^']*'|\bNULL\b|\d+")
# Of each visitor: the token of the form, and the link and the private code that are made anew with the address.
OF_VISITOR = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|[0-9A-Z]{7}-[0-9a-f]{32}|\b[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}\b|'
    + SPELT.pattern
)


@pytest.fixture(autouse=True)
def _changes_are_taken(edition):
    Intake.objects.update(changes_until=timezone.now() + timedelta(days=1))


@pytest.fixture
def person(edition):
    """Registered before the one whose name and address they take."""
    return make_registration(edition, email="first@example.org")


@pytest.fixture
def other(edition, person):
    return make_registration(edition, **THERE)


def change(person, **changed):
    """What their browser shows in the end, and the statements, without values, that it took."""
    client = Client()
    client.get(address_for(person))
    with CaptureQueriesContext(connection) as captured:
        response = client.post(CHANGE, answers(person.edition, **changed), follow=True)
    html = OF_VISITOR.sub("", response.content.decode()).replace(person.spoken_code, "NUMBER")
    return response.status_code, TYPED.sub("NAME", html), [VALUES.sub("?", query["sql"]) for query in captured]


def test_own_page_answers_alike_whether_the_name_and_address_are_those_of_another(person, other, edition):
    alone = make_registration(edition, email="alone@example.org")

    known, new = change(person, **THERE), change(alone, **NOT_THERE)

    assert known == new
    assert "Your change is saved." in known[1]
    person.refresh_from_db()
    assert (person.name_latin, person.email) == (THERE["name_latin"], THERE["email"])


def test_later_changes_cost_a_double_what_they_cost_anybody(person, other, edition):
    alone = make_registration(edition, email="alone@example.org")
    for one, who in ((person, THERE), (alone, NOT_THERE)):
        change(one, **who)

    assert change(person, **THERE, organisation="Sample Group") == change(
        alone, **NOT_THERE, organisation="Sample Group"
    )


def test_staff_find_both_as_look_alikes_and_make_them_one(person, other, staff_client):
    change(person, **THERE)

    found = read(staff_client.get(LIST, {"alike": "yes"}))
    staff_client.post(f"{LIST}{other.pk}/merge/{person.pk}/", {"keep": other.pk})

    assert person.spoken_code in found
    assert other.spoken_code in found
    assert Registration.objects.get() == other


def test_who_signs_up_again_is_sent_their_own_link_and_not_that_of_a_double(person, other, edition):
    change(person, **THERE)

    make_registration(edition, **THERE)

    assert Message.objects.get(kind=MessageKind.LINK).registration == other


def test_helper_who_signs_up_a_known_person_learns_nothing_and_nothing_is_stored(other, edition):
    client = Client()
    people = [{"name_latin": who["name_latin"], "email": who["email"]} for who in (THERE, NOT_THERE)]

    page = client.post(OTHERS, others_data(edition, *people), follow=True).content.decode()

    assert len(set(re.findall('class="code"[^>]*>([^<]+)', page)) - {other.spoken_code}) == 2
    assert Registration.objects.filter(name_latin=THERE["name_latin"]).get() == other


def test_desk_corrects_the_telephone_of_a_double(person, other, client):
    change(person, **THERE)
    desk = member_of("Registration desk", client)
    page = f"{LIST}{person.pk}/change/"
    form = desk.get(page).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    data |= {"days": [day.pk for day in person.days.all()], "phone": "012 000 007"}
    inlines = ("attendance", "consents", "steps")
    data |= {f"{inline}-{total}_FORMS": 0 for inline in inlines for total in ("TOTAL", "INITIAL")}

    assert desk.post(page, data).status_code == 302

    person.refresh_from_db()
    assert person.phone == "+85512000007"


def test_two_are_made_one_also_where_that_makes_them_the_double_of_a_third(person, edition):
    in_khmer = {"name_km": "កែវ បុប្ផា", "name_latin": ""}
    kept = make_registration(edition, **THERE)
    other = make_registration(edition, **in_khmer)
    third = make_registration(edition, **in_khmer, email=THERE["email"])

    merging.merge(kept, other, by=get_user_model().objects.create_user("colleague"))

    kept.refresh_from_db()
    assert (kept.name_km, kept.email) == (third.name_km, third.email)
