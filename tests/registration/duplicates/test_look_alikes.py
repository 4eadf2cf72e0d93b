"""Who may be the same person: on the page of a registration and in the list."""

from datetime import date

import pytest

from registration.duplicates.look_alikes import look_alikes_of, with_look_alikes
from registration.models import Intake, Registration
from registration.retention import erasing
from registration.signing_up import transitions
from tests.factories import make_registration
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import LIST, member_of

OTHER = {"name_km": "គំរូ ផ្សេង", "name_latin": "OTHER Person", "phone": "+85512000009"}
SAME = [
    ({"phone": "+85512000001"}, "same telephone"),
    ({"telegram": "@SokDara"}, "same Telegram name"),
    ({"email": "DARA@example.org"}, "same e-mail"),
    ({"name_km": "លោក គំរូសាកល្បង"}, "same name in Khmer"),
    ({"name_latin": "kumrou SAKALBANG"}, "same name in Latin letters"),
    ({"name_km": "សាកល្បង គំរូ"}, "same name in Khmer"),
    ({"name_latin": "SAKALBANG Kumrou"}, "same name in Latin letters"),
]


@pytest.fixture
def person(edition):
    return make_registration(edition, telegram="@sokdara", email="dara@example.org")


@pytest.mark.parametrize(("fields", "reason"), SAME)
def test_page_says_who_may_be_the_same_person_and_why(staff_client, person, fields, reason):
    other = make_registration(person.edition, **(OTHER | fields))

    response = staff_client.get(f"{LIST}{person.pk}/change/")

    assert f"{other.spoken_code} {other.shown_name} ({reason})" in read(response)
    assert f"{LIST}{other.pk}/change/" in links(response)
    assert f"{LIST}{person.pk}/merge/{other.pk}/" in links(response)


@pytest.mark.parametrize("fields", [fields for fields, _reason in SAME])
def test_filter_finds_both(staff_client, person, fields):
    other = make_registration(person.edition, **(OTHER | fields))
    alone = make_registration(person.edition, name_km="", name_latin="ALONE Person", phone="+85512000008")

    text = read(staff_client.get(LIST, {"alike": "yes"}))

    assert person.spoken_code in text
    assert other.spoken_code in text
    assert alone.spoken_code not in text


def test_no_person_has_a_look_alike_for_what_both_left_out(person):
    other = make_registration(person.edition, **OTHER)

    assert look_alikes_of(person) == []
    assert look_alikes_of(other) == []
    assert not with_look_alikes(Registration.objects.all()).exists()


def test_who_cancelled_is_no_double(person):
    other = make_registration(person.edition)
    transitions.cancel(other)
    other.refresh_from_db()

    assert look_alikes_of(person) == look_alikes_of(other) == []
    assert not with_look_alikes(Registration.objects.all()).exists()


def test_people_who_are_erased_do_not_look_alike(person):
    make_registration(person.edition, **OTHER)
    Intake.objects.update(erase_all_on=date(2024, 6, 1))
    erasing.erase(person.edition, date(2024, 6, 1))

    assert look_alikes_of(Registration.objects.first()) == []
    assert not with_look_alikes(Registration.objects.all()).exists()


@pytest.mark.parametrize("people", [2, 20])
def test_filter_takes_the_same_queries_for_few_and_many(staff_client, edition, people, django_assert_num_queries):
    for _person in range(people):
        make_registration(edition)
    staff_client.get(LIST)

    with django_assert_num_queries(11):  # one reads all names: their words may stand in any order; one the views kept
        assert f"{people} registrations" in read(staff_client.get(LIST, {"alike": "yes"}))


def test_export_follows_the_filter(client, person):
    make_registration(person.edition, **OTHER)

    response = member_of("Registration desk", client).get(f"{LIST}export.csv", {"alike": "yes"})

    assert b"OTHER Person" not in response.content


def test_desk_cannot_make_a_person_a_double_and_hears_of_whom(client, person):
    other = make_registration(person.edition, **OTHER)
    desk = member_of("Registration desk", client)
    page = f"{LIST}{other.pk}/change/"
    form = desk.get(page).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    data |= {"days": [day.pk for day in other.days.all()]}
    data |= {f"{inline}-{total}_FORMS": 0 for inline in ("attendance", "consents") for total in ("TOTAL", "INITIAL")}

    response = desk.post(page, data | {"email": "Dara@example.org", "name_latin": "Kumrou Sakalbang"})

    assert f"{person.spoken_code} has the same name and e-mail already." in read(response)
    other.refresh_from_db()
    assert other.email == ""
