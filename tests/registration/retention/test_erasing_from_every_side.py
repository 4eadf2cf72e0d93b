"""A participant is erased by one rule, whether by their own page, by staff, or again after a restored backup."""

from uuid import uuid4

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client

from registration.choices import MessageKind, Status
from registration.links import address_for
from registration.models import Helper, InclusionAnswers, Intake, Registration
from registration.models.registration import ERASED_WORD
from registration.retention import ledger
from registration.retention.erasing import ERASED
from registration.signing_up import transitions
from tests.factories import form_data, make_edition, make_registration, open_intake, others_data
from tests.pages import read
from tests.registration.admin.registrations.test_registration import LIST
from tests.sign_up import send_pages


@pytest.fixture(autouse=True)
def _no_rewriting(monkeypatch):
    """VACUUM cannot run in the transaction of a test."""
    monkeypatch.setattr("registration.retention.erasing.leave_no_bytes", lambda: None)


def on_the_own_page(staff, person):
    client = Client()
    client.get(address_for(person))
    client.post("/en/registration/erase/")


def on_its_page_in_the_admin(staff, person):
    staff.post(f"{LIST}{person.pk}/delete/", {"post": "yes"})


def from_the_list_of_the_admin(staff, person):
    staff.post(LIST, {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"})


def again_after_a_restored_backup(staff, person):
    ledger.note(person)
    call_command("replay_erasures")


SIDES = [on_the_own_page, on_its_page_in_the_admin, from_the_list_of_the_admin, again_after_a_restored_backup]
STAFF = SIDES[1:3]
every_side = pytest.mark.parametrize("erase", SIDES)


def again_in_the_database(*people):
    """As a backup would bring them back."""
    Registration.objects.bulk_create(people)


@every_side
def test_place_is_offered_to_the_next_with_one_message(staff_client, edition, erase):
    Intake.objects.update(capacity=1)
    person, waits, waits_longer = (make_registration(edition) for _number in range(3))

    erase(staff_client, person)

    assert list(Registration.objects.order_by("pk").values_list("pk", "status")) == [
        (waits.pk, Status.OFFERED),
        (waits_longer.pk, Status.WAITING),
    ]
    assert waits.messages.filter(kind=MessageKind.OFFERED).count() == 1


@every_side
def test_ledger_has_a_line_so_that_no_backup_brings_the_person_back(staff_client, edition, erase):
    person = make_registration(edition)

    erase(staff_client, person)
    assert not Registration.objects.exists()
    again_in_the_database(person)

    assert ledger.come_back() == [person]


@every_side
def test_helper_goes_with_the_last_of_their_people(staff_client, client, edition, erase):
    Client().post(f"/en/{edition.year}/register/others/", others_data(edition, {}, {}))
    first, last = Registration.objects.order_by("pk")

    erase(staff_client, first)
    assert Helper.objects.exists()
    erase(staff_client, last)

    assert not Helper.objects.exists()


@pytest.mark.parametrize("erase", [*STAFF, again_after_a_restored_backup])
def test_person_is_erased_also_where_there_is_no_intake(staff_client, edition, erase):
    person = make_registration(edition)
    Intake.objects.all().delete()

    erase(staff_client, person)

    assert not Registration.objects.exists()


def test_person_erases_themselves_also_where_there_is_no_intake(client, edition):
    person = make_registration(edition)
    client.get(address_for(person))
    Intake.objects.all().delete()

    assert "erased" in read(client.post("/en/registration/erase/"))
    assert not Registration.objects.exists()


@every_side
def test_what_fails_leaves_neither_a_line_in_the_ledger_nor_in_the_history(
    staff_client, edition, erase, monkeypatch, settings
):
    person = make_registration(edition)
    ledger.make_ready()
    is_replayed = erase is again_after_a_restored_backup

    def busy(*_args, **_kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr("registration.signing_up.transitions.place_lock_if_any", busy)
    with pytest.raises(OperationalError):
        erase(staff_client, person)

    assert Registration.objects.get() == person
    assert len(settings.ERASURE_LEDGER.read_text().split("\n")[1:]) == (1 if is_replayed else 0)
    assert not LogEntry.objects.filter(action_flag=DELETION).exists()


@pytest.mark.parametrize("erase", STAFF)
def test_history_of_the_admin_names_who_deleted_and_neither_name_nor_number(staff_client, edition, erase):
    person = make_registration(edition, name_latin="CANARY Person")

    erase(staff_client, person)

    line = LogEntry.objects.get(action_flag=DELETION)
    assert (line.user.username, line.object_id, line.object_repr) == ("chief", str(person.pk), ERASED_WORD)


def test_staff_hear_to_whom_the_place_is_offered_and_it_is_none_of_those_who_are_deleted(staff_client, edition):
    Intake.objects.update(capacity=1)
    holds, waits, waits_longer = (make_registration(edition) for _number in range(3))

    chosen = {"action": "delete_selected", "_selected_action": [holds.pk, waits.pk], "post": "yes"}
    text = read(staff_client.post(LIST, chosen, follow=True))

    assert f"A place is offered to 1 person who was waiting: {waits_longer.spoken_code}" in text
    assert waits.spoken_code not in text.partition("A place is offered")[2][:80]


# --- What the person cancelled before ---

BEFORE = [
    # how the person signed up first, and whether it is theirs
    pytest.param({}, True, id="the same name and telephone"),
    pytest.param({"name_km": ""}, True, id="the name in one script"),
    pytest.param({"name_km": "", "name_latin": "kumrou sakalbang", "phone": ""}, True, id="the address alone"),
    pytest.param({"email": "DARA@example.org", "phone": "+85512000009"}, True, id="another telephone"),
    pytest.param({"email": "", "telegram": "@KumrouS", "phone": ""}, True, id="the Telegram name alone"),
    pytest.param({"name_km": "", "name_latin": "KUMROU Sister"}, False, id="a sister with the same telephone"),
    pytest.param({"email": "", "phone": "+85512000009", "telegram": "@other_one"}, False, id="a namesake"),
]
THEIRS = {"email": "dara@example.org", "telegram": "@kumrous"}


def cancelled(edition, **fields):
    person = make_registration(edition, **THEIRS | fields, inclusion={"access_note": "CANARY"})
    transitions.cancel(person)
    return person


@pytest.mark.parametrize(("first", "is_theirs"), BEFORE)
@every_side
def test_what_the_person_cancelled_before_goes_too(staff_client, edition, erase, first, is_theirs):
    before = cancelled(edition, **first)
    person = make_registration(edition, **THEIRS)
    both = [before, person] if is_theirs else [person]
    leave = LogEntry.objects.filter(action_flag=DELETION)

    erase(staff_client, person)

    assert list(Registration.objects.all()) == ([] if is_theirs else [before])
    assert InclusionAnswers.objects.count() == (0 if is_theirs else 1)
    assert leave.count() == (len(both) if erase in STAFF else 0)
    again_in_the_database(*both)
    assert ledger.come_back() == both


@pytest.mark.parametrize(
    ("phone", "name", "is_theirs"),
    [
        pytest.param("+85512000009", "KUMROU Sakalbang", True, id="the same helper"),
        pytest.param("+85512000008", "KUMROU Sakalbang", False, id="another helper"),
        pytest.param("+85512000009", "KUMROU Sister", False, id="another person of the helper"),
    ],
)
def test_what_a_person_without_a_contact_cancelled_before_goes_too(edition, phone, name, is_theirs):
    people = []
    for of_helper, called in ((phone, name), ("+85512000009", "KUMROU Sakalbang")):
        helper = Helper.objects.create(edition=edition, form_token=uuid4(), name="Sample", phone=of_helper)
        person = make_registration(edition, name_km="", name_latin=called)
        Registration.objects.filter(pk=person.pk).update(phone="", telegram="", email="", helper=helper)
        people.append(Registration.objects.get(pk=person.pk))
    before, person = people
    transitions.cancel(before)

    transitions.erase(person)

    assert Registration.objects.filter(pk=before.pk).exists() is not is_theirs
    assert not Registration.objects.filter(pk=person.pk).exists()


@every_side
def test_what_stands_or_is_closed_or_of_another_year_stays(staff_client, edition, erase):
    elsewhere = make_edition(year=2031)
    open_intake(elsewhere)
    of_another_year = cancelled(elsewhere)
    closed = cancelled(edition)
    Registration.objects.filter(pk=closed.pk).update(is_sealed=True)
    stands = make_registration(edition, **THEIRS | {"email": ""})
    person = make_registration(edition, **THEIRS)

    erase(staff_client, person)

    assert set(Registration.objects.all()) == {of_another_year, closed, stands}


def test_rows_whose_people_were_erased_by_date_are_no_one_s(edition):
    """All of them have the same word in place of a name and of a contact, and a save makes a key of it."""
    rows = [make_registration(edition), make_registration(edition)]
    for row in rows:
        transitions.cancel(row)
        Registration.objects.filter(pk=row.pk).update(**ERASED)
        Registration.objects.get(pk=row.pk).save()

    transitions.erase(rows[0])

    assert list(Registration.objects.all()) == [rows[1]]


def test_browser_that_signed_up_twice_erases_both(edition):
    browser, form = Client(), form_data(edition)
    for another in ({}, {"another": "1"}):  # who has cancelled says that they sign up anew
        send_pages(browser, "/en/2024/register/", form | another)
        browser.get(browser.get("/en/2024/register/thanks/").context["link"])
        before = browser.get("/en/registration/erase/").content
        browser.post("/en/registration/cancel/")
    assert Registration.objects.count() == 2

    page = browser.post("/en/registration/erase/")

    assert not Registration.objects.exists()
    assert "erased" in read(page)
    assert browser.get("/en/2024/register/thanks/").status_code == 302
    assert b"cancelled" not in before


@pytest.mark.parametrize("page", ["page", "list"])
def test_page_that_asks_staff_names_what_goes_along(staff_client, edition, page):
    before, person = cancelled(edition), make_registration(edition, **THEIRS)

    if page == "page":
        response = staff_client.get(f"{LIST}{person.pk}/delete/")
    else:
        response = staff_client.post(LIST, {"action": "delete_selected", "_selected_action": [person.pk]})

    assert before.spoken_code in read(response)


def test_person_who_is_gone_already_gets_no_line(edition, settings):
    person = make_registration(edition)
    transitions.erase(Registration.objects.get())
    before = settings.ERASURE_LEDGER.read_text()

    transitions.erase(person)

    assert settings.ERASURE_LEDGER.read_text() == before


# --- What would take registrations along ---


@pytest.mark.parametrize("where", ["page", "list"])
@pytest.mark.parametrize("model", ["conference/edition", "registration/intake"])
def test_edition_and_intake_cannot_be_deleted_while_people_are_registered(staff_client, edition, model, where):
    person = make_registration(edition)
    row = edition if model.endswith("edition") else edition.intake
    post = {"post": "yes"}
    if where == "page":
        response = staff_client.post(f"/admin/{model}/{row.pk}/delete/", post)
    else:
        response = staff_client.post(
            f"/admin/{model}/", post | {"action": "delete_selected", "_selected_action": [row.pk]}
        )

    assert "What is in the way" in read(response)
    assert person.spoken_code not in read(response)
    row.refresh_from_db()
    assert Registration.objects.get() == person


@pytest.mark.parametrize("where", ["page", "list"])
def test_intake_without_people_can_be_deleted(staff_client, intake, where):
    if where == "page":
        staff_client.post(f"/admin/registration/intake/{intake.pk}/delete/", {"post": "yes"})
    else:
        chosen = {"action": "delete_selected", "_selected_action": [intake.pk], "post": "yes"}
        staff_client.post("/admin/registration/intake/", chosen)

    assert not Intake.objects.exists()
