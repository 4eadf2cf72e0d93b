"""What is left in the logs and in sessions of a participant who was erased by their own wish, or by staff."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from conference.serving.sessions import SessionStore
from registration.choices import Channel, Look
from registration.links import address_for
from registration.models import AccessLog, Registration, SecondNumber
from registration.models.codes import spoken
from registration.signing_up import rules
from tests.factories import form_data, make_answers, make_registration, others_data, sign_up
from tests.pages import read
from tests.registration.admin.registrations.test_erasing import delete_from_the_list, delete_on_its_page
from tests.sign_up import send_pages

OWN = "/en/registration/"
FORM = str(uuid.UUID(int=1))  # one showing of the form


def erase_on_the_own_page(_staff, person):
    browser = Client()
    browser.get(address_for(person))
    assert browser.post(f"{OWN}erase/").status_code == 200


def erase_after_a_restore(staff, person):
    erase_on_the_own_page(staff, person)
    Registration.objects.bulk_create([person])
    leave_lines(person, [person.spoken_code])
    call_command("replay_erasures", stdout=StringIO())


WAYS = [erase_on_the_own_page, delete_on_its_page, delete_from_the_list, erase_after_a_restore]


def leave_lines(person, numbers):
    user = get_user_model().objects.get()
    content_type = ContentType.objects.get_for_model(Registration)
    for number in numbers:
        AccessLog.objects.create(user=user, look=Look.VIEW, subject=f"inclusionanswers {number}", columns="food")
        LogEntry.objects.create(
            user=user,
            content_type=content_type,
            object_id=str(person.pk),
            object_repr=f"{number}: photos",
            change_message=f"AAA-AAAA → {number}",
            action_flag=CHANGE,
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("erase", WAYS)
def test_logs_lose_the_numbers_and_keep_their_lines(staff_client, edition, erase, monkeypatch):
    monkeypatch.setattr("registration.retention.erasing.leave_no_bytes", lambda: None)
    person = make_registration(edition, email="dara@example.org", inclusion={"food": ["halal"]})
    again = sign_up(edition, make_answers(edition, email="dara@example.org"))
    other = make_registration(edition)
    leave_lines(person, [person.spoken_code, spoken(again.code)])
    leave_lines(other, [other.spoken_code])

    erase(staff_client, person)

    logs = str([*AccessLog.objects.values(), *LogEntry.objects.values()])
    for number in (person.spoken_code, person.code, spoken(again.code)):
        assert number not in logs
    assert logs.count("(erased)") >= 6
    assert logs.count(other.spoken_code) == 3
    assert AccessLog.objects.count() >= 3


def test_sessions_that_have_run_out_go_once_a_day(edition, monkeypatch):
    monkeypatch.setattr("registration.retention.erasing.leave_no_bytes", lambda: None)
    keys = []
    for hours in (-1, 1):
        session = SessionStore()
        session["own_registration"] = [1, 1, True]
        session.save()
        Session.objects.filter(pk=session.session_key).update(expire_date=timezone.now() + timedelta(hours=hours))
        keys.append(session.session_key)

    call_command("tend_registration", stdout=StringIO(), stderr=StringIO())

    assert [session.pk for session in Session.objects.all()] == keys[1:]


def everything_in_sessions():
    return str([session.get_decoded() for session in Session.objects.all()])


def test_session_holds_keys_and_no_person(edition):
    helper = Client()
    send_pages(helper, "/en/2024/register/", form_data(edition, name_latin="KANARI Dara", organisation="KANARI"))
    helper.post("/en/2024/register/others/", others_data(edition, {"name_latin": "KANARI Two"}, {}))
    helper.get(address_for(Registration.objects.first()))

    held = everything_in_sessions()

    for word in ["KANARI", "2024-03", *(row.spoken_code for row in Registration.objects.all())]:
        assert word not in held


@pytest.mark.parametrize("erase", [erase_on_the_own_page, delete_on_its_page])
@pytest.mark.django_db(transaction=True)
def test_slip_of_an_erased_person_is_gone_from_the_browser_of_their_helper(staff_client, edition, erase):
    helper = Client()
    people = [{"name_latin": "KANARI One"}, {"name_latin": "KANARI Two"}]
    helper.post("/en/2024/register/others/", others_data(edition, *people))
    one, two = Registration.objects.order_by("pk")
    assert one.spoken_code in read(helper.get("/en/2024/register/others/thanks/"))

    erase(staff_client, one)

    text = read(helper.get("/en/2024/register/others/thanks/"))
    assert one.spoken_code not in text
    assert "KANARI One" not in text
    assert two.spoken_code in text
    assert [key for key, _receipt in kept_receipts()] == [two.pk]


@pytest.mark.parametrize("erase", [erase_on_the_own_page, delete_on_its_page])
@pytest.mark.django_db(transaction=True)
def test_slip_of_a_repeat_is_gone_with_the_person_who_stood_here(staff_client, edition, erase):
    stands, helper = make_registration(edition, email="dara@example.org", name_latin="KANARI Dara"), Client()
    person = {"name_km": "", "name_latin": "KANARI Dara", "email": "dara@example.org"}
    helper.post("/en/2024/register/others/", others_data(edition, person))
    assert "KANARI Dara" in read(helper.get("/en/2024/register/others/thanks/"))

    erase(staff_client, stands)

    assert "KANARI" not in read(helper.get("/en/2024/register/others/thanks/", follow=True))
    assert kept_receipts() == []


def kept_receipts():
    """With the key of the participant, of new and of known people."""
    rows = [*Registration.objects.values_list("pk", "receipt").order_by("pk")]
    rows += SecondNumber.objects.values_list("registration", "receipt").order_by("pk")
    return [(key, receipt) for key, receipt in rows if receipt is not None]


def grow_older(hours):
    for row in (*Registration.objects.all(), *SecondNumber.objects.all()):
        if row.receipt:
            older = {**row.receipt, "at": row.receipt["at"] - hours * 3600}
            type(row).objects.filter(pk=row.pk).update(receipt=older)


def sign_up_alone(client, edition):
    send_pages(client, "/en/2024/register/", form_data(edition, email="dara@example.org", form_token=FORM))
    return "/en/2024/register/thanks/"


def sign_up_as_helper(client, edition):
    person = {"name_km": "", "name_latin": "KANARI Dara", "email": "dara@example.org"}
    client.post("/en/2024/register/others/", others_data(edition, person, form_token=FORM))
    return "/en/2024/register/others/thanks/"


@pytest.mark.parametrize("send", [sign_up_alone, sign_up_as_helper])
@pytest.mark.parametrize("is_known", [False, True], ids=["new", "known"])
def test_receipt_goes_when_no_session_leads_to_it_and_comes_back_with_the_form(edition, monkeypatch, send, is_known):
    monkeypatch.setattr("registration.retention.erasing.leave_no_bytes", lambda: None)
    client, number = Client(), int(is_known)
    if is_known:
        send(Client(), edition)
        Registration.objects.update(form_token=uuid.uuid4())  # by another form
    send(client, edition)
    for hours, kept in [(23, number + 1), (2, 0)]:
        grow_older(hours)
        call_command("tend_registration", stdout=StringIO(), stderr=StringIO())
        assert len(kept_receipts()) == kept

    thanks = send(client, edition)

    assert len(kept_receipts()) == 1
    assert client.get(thanks).status_code == 200
    assert (Registration.objects.count(), SecondNumber.objects.count()) == (1, number)


def test_staff_who_enter_a_person_leave_no_receipt(edition):
    answers, form = make_answers(edition), uuid.uuid4()
    rules.sign_up(edition=edition, answers=answers, language="en", form_token=form, channel=Channel.DESK)

    assert Registration.objects.exists()
    assert kept_receipts() == []
