import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection

from registration.encryption.columns import DecryptionError
from registration.models import InclusionAnswers, TravelRequest
from tests.factories import make_registration

NOTE = "ត្រូវការអ្នកបកប្រែ 7731"


@pytest.fixture
def answers(edition):
    inclusion = {"access_note": NOTE, "access_needs": ["sign_language"], "food": ["halal"]}
    return make_registration(edition, inclusion=inclusion).inclusion_answers


def stored(model):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 -- the name is ours
        return str(cursor.fetchall())


def test_answers_come_back_as_they_were_given(answers):
    answers.refresh_from_db()

    assert (answers.access_note, answers.access_needs, answers.food_note) == (NOTE, ["sign_language"], "")


def test_answers_cannot_be_read_in_the_database(answers):
    row = stored(InclusionAnswers)

    assert "7731" not in row
    assert "sign_language" not in row
    assert "halal" not in row


def test_travel_answers_about_others_cannot_be_read_in_the_database(edition):
    travel = {
        "nights": [],
        "emergency_name": "Canary Mother",
        "name_on_id": "Canary Legal",
        "emergency_phone": "+85512000009",
    }
    make_registration(edition, travel=travel)

    row = stored(TravelRequest)
    assert "Canary" not in row
    assert "12000009" not in row


def test_older_key_still_opens_and_the_newest_one_closes(answers, settings):
    old, new = settings.FIELD_ENCRYPTION_KEYS[0], Fernet.generate_key().decode()

    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    answers.refresh_from_db()
    answers.save()
    settings.FIELD_ENCRYPTION_KEYS = [new]

    assert InclusionAnswers.objects.get().access_note == NOTE


def test_wrong_key_fails_and_shows_nothing(answers, settings):
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(DecryptionError) as error:
        InclusionAnswers.objects.get()

    assert str(error.value).startswith("registration.InclusionAnswers.")


def test_without_keys_nothing_sensitive_is_kept(answers, settings):
    settings.FIELD_ENCRYPTION_KEYS = []

    with pytest.raises(ImproperlyConfigured):
        answers.save()


@pytest.mark.parametrize("lookup", ["access_note", "access_note__icontains", "groups__contains"])
def test_answers_cannot_be_searched(answers, lookup):
    with pytest.raises(FieldError, match="encrypted"):
        list(InclusionAnswers.objects.filter(**{lookup: "x"}))
