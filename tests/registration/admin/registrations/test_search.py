"""Staff find a person by number, name or contact, from every list with a search, and find no other person."""

import importlib

import pytest
from django.apps import apps

from registration.models import Registration, SecondNumber
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.test_registration import LIST

MESSAGES = "/admin/registration/message/"


def in_the_list(staff, typed):
    return read(staff.get(LIST, {"q": typed}))


def in_the_export(staff, typed):
    return b"".join(staff.get(f"{LIST}export.csv", {"q": typed})).decode()


def in_the_messages(staff, typed):
    return read(staff.get(MESSAGES, {"q": typed}))


every_side = pytest.mark.parametrize("find", [in_the_list, in_the_export, in_the_messages])


@pytest.fixture
def person(edition):
    return make_registration(edition, name_km="សុខ ដារ៉ា", name_latin="SOK Dara", phone="+85512345678")


@pytest.fixture
def others(edition):
    """With every digit in their telephone, and names that share a part with that of the person."""
    return [
        make_registration(edition, name_km="", name_latin="SOK Bopha", phone="+85517263549"),
        make_registration(edition, name_km="ចាន់ ដារ៉ា", name_latin="", phone="+85598765432"),
    ]


@every_side
@pytest.mark.parametrize(
    "typed", ["Dara SOK", "sok dara", "dara  sok", "ដារ៉ា សុខ", "សុខ ដារ៉ា", "Mr. Dara Sok", "លោក ដារ៉ា សុខ", "SOK ដារ៉ា"]
)
def test_all_parts_of_a_name_in_any_order_and_script(staff_client, person, others, find, typed):
    found = find(staff_client, typed)

    assert person.spoken_code in found or person.name_latin in found
    assert not any(name in found for name in ("SOK Bopha", "ចាន់ ដារ៉ា"))


@every_side
@pytest.mark.parametrize("code", ["2345678", "K2MP3QR"])
@pytest.mark.parametrize(
    "spoken", [str.lower, lambda code: f"{code[:3]}-{code[3:]}", lambda code: f" {code[:3]} {code[3:]}"]
)
def test_reference_number_finds_one(staff_client, person, others, find, code, spoken):
    Registration.objects.filter(pk=person.pk).update(code=code)

    found = find(staff_client, spoken(code))

    assert "SOK Dara" in found or "សុខ ដារ៉ា" in found
    assert not any(name in found for name in ("SOK Bopha", "ចាន់ ដារ៉ា"))


def test_second_number_finds_one(person, others):
    SecondNumber.objects.create(registration=person, code="K2MP3QR", form_token=person.form_token, status="confirmed")

    assert list(Registration.objects.matching("k2m-p3qr")) == [person]


def test_number_with_letters_is_no_part_of_a_telephone(person, others):
    assert not Registration.objects.matching("K7M-2").exists()


def test_beginning_of_a_number_finds_it_and_part_of_a_telephone_too(person, others):
    assert person in Registration.objects.matching(person.code[:5])
    assert list(Registration.objects.matching("345 678")) == [person]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("SØRENSEN Kåre", "kare sorensen"),
        ("WAŁĘSA Łukasz", "lukasz walesa"),
        ("NGUYỄN Đức", "duc nguyen"),
        ("STRAẞE Œdipe", "oedipe strasse"),
        ("Þór Æðelstan", "thor aedelstan"),
        ("IŞIK Yıldız", "yildiz isik"),
    ],
)
def test_letters_with_strokes_and_joined_letters_are_folded(edition, stored, typed):
    person = make_registration(edition, name_km="", name_latin=stored)

    assert list(Registration.objects.matching(typed)) == [person]
    assert list(Registration.objects.matching(stored)) == [person]


def test_names_that_are_stored_already_are_found_too(edition):
    """As they were kept before: the migration folds them, and the key of a person with the same name as another."""
    migration = importlib.import_module("registration.migrations.0023_folded_names")
    old, new = (make_registration(edition, name_km="", name_latin=name, email="a@example.org") for name in ("x", "y"))
    Registration.objects.filter(pk=old.pk).update(name_latin="ĐỨC", name_latin_key="đuc")
    Registration.objects.filter(pk=new.pk).update(name_latin="Duc", name_latin_key="duc")
    Registration.objects.get(pk=new.pk).save()

    migration.fold(apps, None)

    assert set(Registration.objects.matching("duc")) == {old, new}
    old.refresh_from_db()
    assert old.person_key is None
