"""What is done under the lock is the same work among few people and among many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registration.choices import Status
from registration.models import Registration
from registration.places.hall import Hall, intakes_with_rules
from tests.factories import make_answers, make_registration, sign_up

SCANNED = ("SCAN registration_registration", "(edition_id=?)\n", "Seq Scan on registration_registration")


@pytest.fixture
def by_indexes(db):
    """PostgreSQL reads small tables from end to end by choice: here only where there is no index."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


@pytest.mark.parametrize("email", ["", "Sample@example.org"], ids=["without an address", "with one"])
def test_person_who_is_known_is_found_by_indexes(edition, by_indexes, email):
    person = Registration(edition=edition, name_km="គំរូ", name_latin="KUMROU", email=email)
    person.set_keys()

    plan = Registration.objects.known_already(person)[:1].explain() + "\n"
    assert [scan for scan in SCANNED if scan in plan] == []


def test_address_is_the_same_in_small_and_capital_letters(edition):
    there = make_registration(edition, email="Sample@Example.org")
    again = Registration(edition=edition, name_km=there.name_km, email="sAMPLE@example.org")
    again.set_keys()

    assert list(Registration.objects.known_already(again)) == [there]


@pytest.fixture
def crowd(edition):
    """Thirty people with the places 1 to 30."""
    rows = [
        Registration(
            edition=edition,
            name_latin=f"Sample {number}",
            phone="+85512000001",
            status=Status.CONFIRMED,
            place_no=number,
        )
        for number in range(1, 31)
    ]
    return Registration.objects.bulk_create(rows)


def hall_of(edition):
    return Hall(intakes_with_rules().get(edition=edition))


@pytest.mark.parametrize(
    ("left", "free"),
    [
        ([], [31, 32, 33]),
        ([1, 2], [1, 2, 31]),
        ([4, 9, 10], [4, 9, 10]),
        ([4, 30], [4, 30, 31]),
        ([29, 30], [29, 30, 31]),
        (range(1, 31), [1, 2, 3]),
    ],
    ids=str,
)
def test_smallest_free_number_comes_first(edition, crowd, left, free):
    Registration.objects.filter(edition=edition, place_no__in=list(left)).delete()

    hall, given = hall_of(edition), []
    with CaptureQueriesContext(connection) as queries:
        for _time in range(3):
            person = Registration(edition=edition, place_no=hall.free_number())
            given.append(person.place_no)
            hall.take(person, [])

    assert given == free
    assert len(queries) <= 1


@pytest.mark.parametrize("people", [1, 12])
def test_sign_up_takes_the_same_statements_for_few_and_many(edition, people, django_assert_num_queries):
    for number in range(people):
        make_registration(edition, name_latin=f"Sample {number}", phone=f"+855120001{number:02}")
    answers = make_answers(edition, phone="+85512000999")

    # Two of them begin and end the transaction. One more tells PostgreSQL how long to wait for the lock.
    with django_assert_num_queries(14 + (connection.vendor == "postgresql")):
        sign_up(edition, answers)
