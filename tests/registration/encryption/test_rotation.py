"""A new key for all that is encrypted."""

import uuid
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from registration.encryption import rotation
from registration.encryption.columns import DecryptionError
from registration.models import GuardianCall, InclusionAnswers, TravelRequest
from tests.factories import make_registration

PEOPLE = 500  # one more than fit into a batch, together with the person of the fixture


def new_key():
    return Fernet.generate_key().decode()


@pytest.fixture(autouse=True)
def no_rewriting(monkeypatch):
    """VACUUM cannot run in the transaction of a test; tests/registration/retention/test_erasing.py is about it."""
    monkeypatch.setattr("registration.retention.erasing.leave_no_bytes", lambda: None)


@pytest.fixture
def person(edition):
    inclusion = {"access_note": "a note", "access_needs": ["sign_language"]}
    return make_registration(edition, inclusion=inclusion, travel={"name_on_id": "SAMPLE Name"})


def rotate():
    said = StringIO()
    call_command("rotate_keys", stdout=said)
    return said.getvalue()


def as_it_lies(model, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY id")  # noqa: S608 -- the names are ours
        return [value for (value,) in cursor.fetchall()]


def add_guardians(edition, number):
    GuardianCall.objects.bulk_create(
        GuardianCall(edition=edition, parent_key=uuid.uuid4(), guardian_name=f"Sample {one}", language="km")
        for one in range(number)
    )


def test_all_tables_open_with_the_new_key_alone(person, settings, edition):
    add_guardians(edition, PEOPLE + 1)
    new, old = new_key(), settings.FIELD_ENCRYPTION_KEYS[0]

    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    said = rotate()

    settings.FIELD_ENCRYPTION_KEYS = [new]
    answers = InclusionAnswers.objects.get()
    assert (answers.access_note, answers.access_needs, answers.food_note) == ("a note", ["sign_language"], "")
    assert TravelRequest.objects.get().name_on_id == "SAMPLE Name"
    assert {call.guardian_name for call in GuardianCall.objects.all()} == {f"Sample {n}" for n in range(PEOPLE + 1)}
    assert f"registration.GuardianCall: {PEOPLE + 1} rows, {3 * (PEOPLE + 1)} renewed, 0 unreadable" in said
    assert "Sample" not in said


def test_old_key_opens_nothing_afterwards(person, settings):
    old = settings.FIELD_ENCRYPTION_KEYS[0]
    settings.FIELD_ENCRYPTION_KEYS = [new_key(), old]
    rotate()

    settings.FIELD_ENCRYPTION_KEYS = [old]
    for model in (InclusionAnswers, TravelRequest):
        with pytest.raises(DecryptionError):
            model.objects.get()


def test_run_again_it_leaves_alone_what_has_the_new_key(person, settings):
    settings.FIELD_ENCRYPTION_KEYS = [new_key(), *settings.FIELD_ENCRYPTION_KEYS]
    rotate()
    lies = as_it_lies(InclusionAnswers, "access_note")

    said = rotate()

    assert "InclusionAnswers: 1 rows, 0 renewed" in said
    assert as_it_lies(InclusionAnswers, "access_note") == lies


def test_interrupted_run_is_finished_by_the_next(person, settings, edition, monkeypatch):
    add_guardians(edition, 3)
    monkeypatch.setattr(rotation, "BATCH", 2)
    settings.FIELD_ENCRYPTION_KEYS = [new_key(), *settings.FIELD_ENCRYPTION_KEYS]
    renew, times = rotation._renew, iter(range(10))

    def die_in_the_second_batch(model, row):
        if model is GuardianCall and next(times) == 2:
            raise KeyboardInterrupt
        return renew(model, row)

    monkeypatch.setattr(rotation, "_renew", die_in_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        rotate()
    monkeypatch.setattr(rotation, "_renew", renew)

    assert "registration.GuardianCall: 3 rows, 3 renewed, 0 unreadable" in rotate()


def test_value_saved_meanwhile_is_not_overwritten(person, settings, monkeypatch):
    settings.FIELD_ENCRYPTION_KEYS = [new_key(), *settings.FIELD_ENCRYPTION_KEYS]
    batch = rotation._batch

    def read_before_participant_saves(model, names, last):
        rows = batch(model, names, last)
        if model is InclusionAnswers and rows:
            InclusionAnswers.objects.update(access_note="a newer note")
        return rows

    monkeypatch.setattr(rotation, "_batch", read_before_participant_saves)
    rotate()

    assert InclusionAnswers.objects.get().access_note == "a newer note"


def test_value_that_no_key_opens_is_counted_and_left_as_it_lies(person, settings):
    lies = as_it_lies(InclusionAnswers, "access_note")
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]

    with pytest.raises(CommandError, match="keep every key"):
        rotate()

    assert as_it_lies(InclusionAnswers, "access_note") == lies
