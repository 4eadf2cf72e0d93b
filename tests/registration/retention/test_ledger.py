"""A backup from before an erasure brings no erased person back."""

import hmac
from hashlib import sha256
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from registration.choices import Status
from registration.models import DayChoice, InclusionAnswers, Intake, Message, Registration
from registration.retention import ledger
from registration.signing_up import transitions
from tests.factories import make_registration

TABLES = [Registration, DayChoice, InclusionAnswers, Message]


def backup():
    return [list(model.objects.order_by("pk")) for model in TABLES]


def restore(copy):
    """As it was, row numbers included."""
    for model in TABLES:
        model.objects.all().delete()
    for model, rows in zip(TABLES, copy, strict=True):
        model.objects.bulk_create(rows)


def replay():
    said = StringIO()
    call_command("replay_erasures", stdout=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def no_rewriting(monkeypatch):
    """VACUUM cannot run in the transaction of a test; tests/registration/retention/test_erasing.py is about it."""
    monkeypatch.setattr("registration.retention.erasing.leave_no_bytes", lambda: None)


def test_erased_person_is_gone_again_after_a_restore(edition):
    erased = make_registration(edition, inclusion={"access_note": "a note"})
    stays = make_registration(edition)
    copy = backup()
    transitions.erase(erased)
    restore(copy)
    assert Registration.objects.count() == 2

    said = replay()

    assert list(Registration.objects.all()) == [stays]
    assert InclusionAnswers.objects.count() == 1
    assert said == "Erased again, as the ledger of erasures says: registrations 1.\n"


def test_place_of_a_person_who_came_back_is_offered_again(edition):
    Intake.objects.update(capacity=1)
    erased, waits = make_registration(edition), make_registration(edition)
    copy = backup()
    transitions.erase(erased)
    restore(copy)

    replay()

    waits.refresh_from_db()
    assert waits.status == Status.OFFERED


def test_new_person_with_the_row_number_of_an_erased_one_stays(edition):
    erased = make_registration(edition)
    pk = erased.pk
    transitions.erase(erased)
    new = make_registration(edition)
    Registration.objects.filter(pk=new.pk).delete()
    new.pk = pk
    new.save(force_insert=True)

    assert replay() == ""
    assert Registration.objects.get().code == new.code


def test_ledger_tells_nothing_of_the_person(edition, settings):
    registration = make_registration(edition, email="sample@example.org")
    transitions.erase(registration)

    year, pk, form, salt, digest = settings.ERASURE_LEDGER.read_text().split()
    assert (year, form, len(digest)) == ("2024", "keyed", 64)
    assert registration.code not in settings.ERASURE_LEDGER.read_text()
    # No one who has the file alone can try all numbers there are: nothing that stands in it gives the digest.
    for text in (f"{salt} {registration.code}", f"{pk} {salt} {registration.code}"):
        assert sha256(text.encode()).hexdigest() != digest
        assert hmac.new(b"", text.encode(), "sha256").hexdigest() != digest
    assert settings.ERASURE_LEDGER.stat().st_mode & 0o777 == 0o600


KEYS = {
    "one of its own": ("a key of its own", ["field key"]),
    "none of its own": ("", ["field key"]),
}


@pytest.mark.parametrize("noted_with", KEYS)
@pytest.mark.parametrize("read_with", [("a key of its own", ["new field key", "field key"]), ("", ["field key"])])
def test_lines_are_read_with_every_key_there_is(edition, settings, noted_with, read_with):
    settings.ERASURE_LEDGER_KEY, settings.FIELD_ENCRYPTION_KEYS = KEYS[noted_with]
    erased = make_registration(edition, inclusion={"languages": []})
    copy = list(Registration.objects.all())
    transitions.erase(erased)
    Registration.objects.bulk_create(copy)

    settings.ERASURE_LEDGER_KEY, settings.FIELD_ENCRYPTION_KEYS = read_with

    is_known = noted_with == "none of its own" or read_with[0] != ""
    assert bool(ledger.come_back()) is is_known


def test_ledger_from_before_it_had_a_key_still_counts(edition, settings):
    erased, stays = make_registration(edition), make_registration(edition)
    digest = sha256(f"5a17 {erased.code}".encode()).hexdigest()
    settings.ERASURE_LEDGER.write_text(f"\n2024 {erased.pk} 5a17 {digest}\n2024 {stays.pk} 5a17 {digest}")

    assert ledger.come_back() == [erased]


def test_start_fails_where_there_is_no_key(edition, settings):
    settings.ERASURE_LEDGER_KEY, settings.FIELD_ENCRYPTION_KEYS = "", []

    with pytest.raises(ImproperlyConfigured, match="ERASURE_LEDGER_KEY"):
        replay()


def test_line_cut_short_by_a_crash_spoils_no_other(edition, settings):
    settings.ERASURE_LEDGER.write_text("\n2024 17 abc")
    erased = make_registration(edition)
    copy = backup()
    transitions.erase(erased)
    restore(copy)

    assert ledger.come_back() == [erased]


def test_erasure_that_cannot_be_noted_does_not_happen(edition, settings, tmp_path):
    registration = make_registration(edition)
    settings.ERASURE_LEDGER = tmp_path / "missing" / "erasures.txt"

    with pytest.raises(FileNotFoundError):
        transitions.erase(registration)

    assert Registration.objects.exists()


def test_start_fails_when_the_ledger_cannot_be_written(edition, settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "missing" / "erasures.txt"

    with pytest.raises(FileNotFoundError):
        replay()


def test_start_makes_the_ledger_and_erases_no_person(edition, settings):
    make_registration(edition)

    assert replay() == ""

    assert settings.ERASURE_LEDGER.exists()
    assert Registration.objects.count() == 1
