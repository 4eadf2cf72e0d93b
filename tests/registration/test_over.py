"""A conference that is over: no person signs up, no place moves and none is offered, from whichever side."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from registration.admin.registrations import entry
from registration.choices import ABOUT_COMING, Change, Channel, MessageKind, MessageState, Status
from registration.management.commands import tend_registration
from registration.messages import outbox
from registration.models import Attendance, GuardianCall, Intake, Message, Registration
from registration.places import lock, offers
from registration.places.days import Beginnings
from registration.signing_up import guardians, rules, transitions
from registration.views import opened
from tests.factories import form_data, make_answers, make_registration, others_data
from tests.pages import read
from tests.sign_up import send_pages

LAST_EVENING, DAY_AFTER = datetime(2024, 3, 27, 23, 59), datetime(2024, 3, 28, 0, 0)
GUARDIAN = {"adult": "no", "guardian_name": "Sample", "guardian_phone": "012000003"}
ADMIN = "/admin/registration/registration/"


@pytest.fixture
def at(settings):
    """The site lives at a moment from then on."""

    def move(moment):
        settings.SITE_CLOCK = moment

    return move


@pytest.fixture
def people(edition):
    """One of each standing: confirmed, with an offer, waiting, and received."""
    Intake.objects.update(capacity=2)
    rows = [make_registration(edition, name_latin=f"KUMROU {number}") for number in range(1, 4)]
    transitions.cancel(rows[1])
    Intake.objects.update(needs_approval=True)
    received = make_registration(edition, name_latin="KUMROU 4")
    Intake.objects.update(needs_approval=False)
    waiting = make_registration(edition, name_latin="KUMROU 5")
    Message.objects.all().delete()
    standings = {row.status: row for row in Registration.objects.filter(pk__in=[rows[0].pk, rows[2].pk])}
    return standings | {row.status: row for row in (received, waiting)}


def standings():
    return dict(Registration.objects.values_list("pk", "status"))


def staff_form(edition, **changes):
    return form_data(edition, channel=Channel.PAPER, language="km", **changes)


def last_day(edition):
    return [edition.days.last().pk]  # the one that is offered in the evening


def by_public_form(client, edition, **changes):
    send_pages(client, "/en/2024/register/", form_data(edition, days=last_day(edition), **changes))


def by_form_for_several(client, edition, **changes):
    client.post("/en/2024/register/others/", others_data(edition, changes, {}, days=last_day(edition)))


def by_a_minor(client, edition):
    send_pages(
        client,
        "/en/2024/register/",
        form_data(edition, adult="no", guardian_name="Sample", guardian_phone="012000003"),
    )


@pytest.mark.parametrize("sign_up", [by_public_form, by_form_for_several, by_a_minor])
@pytest.mark.parametrize(("moment", "is_taken"), [(LAST_EVENING, True), (DAY_AFTER, False)])
@pytest.mark.parametrize("closes_at", [None, datetime(2024, 5, 1, tzinfo=timezone.get_fixed_timezone(420))])
def test_public_signs_up_until_the_last_day_and_not_later(client, edition, at, sign_up, moment, is_taken, closes_at):
    Intake.objects.update(closes_at=closes_at)
    at(moment)

    sign_up(client, edition)

    assert (Registration.objects.exists() or GuardianCall.objects.exists()) == is_taken


@pytest.mark.parametrize("page", ["", "others/"])
def test_no_form_is_shown_after_the_last_day(client, edition, at, page):
    at(DAY_AFTER)

    response = client.get(f"/en/2024/register/{page}")

    assert "<form" not in response.content.decode()
    assert "This conference took place on March 26–27, 2024." in read(response)


PROMISES = [
    *("to cancel it", "can cancel", "come to the registration desk", "in the message that we send you"),
    *("My address was wrong", "Sign up another person", "Sign up others", "they tell us themselves"),
]


@pytest.mark.parametrize("email", ["", "sample@example.org"])
@pytest.mark.parametrize(("sign_up", "page"), [(by_public_form, "thanks/"), (by_form_for_several, "others/thanks/")])
def test_thanks_promise_nothing_after_the_last_day(client, edition, at, sign_up, page, email):
    Intake.objects.update(closes_at=None)
    at(LAST_EVENING)
    sign_up(client, edition, email=email)
    before = read(client.get(f"/en/2024/register/{page}"))
    at(DAY_AFTER)

    after = read(client.get(f"/en/2024/register/{page}"))

    assert len([words for words in PROMISES if words in before]) >= 3
    assert [words for words in PROMISES if words in after] == []
    assert "This conference took place on March 26–27, 2024." in after


def test_rule_refuses_the_public_and_a_call_to_a_guardian(edition, at):
    at(DAY_AFTER)
    person = {"edition": edition, "language": "en", "form_token": uuid.uuid4()}

    with pytest.raises(lock.Closed):
        rules.sign_up(answers=make_answers(edition), **person)
    whom = {"child_name": "Sample", "guardian_name": "Sample", "guardian_phone": "+85512000003"}
    for channel in (Channel.WEB, Channel.DESK):
        with pytest.raises(lock.Closed):
            guardians.ask_to_call(edition=edition, language="en", channel=channel, **whom)


def test_staff_note_a_person_who_was_there_and_no_message_is_sent(staff_client, edition, at):
    Intake.objects.update(capacity=0, needs_approval=True)
    at(DAY_AFTER)
    assert str(entry.WHO_WAS_THERE) in read(staff_client.get(f"{ADMIN}add/"))

    staff_client.post(f"{ADMIN}add/", staff_form(edition))

    row = Registration.objects.get()
    assert (row.status, row.messages.count()) == (Status.CONFIRMED, 0)
    assert [one.day for one in Attendance.objects.filter(registration=row).order_by("day__date")] == list(
        row.days.all()
    )


def test_before_the_end_staff_entry_says_nothing_of_it(staff_client, edition, at):
    at(LAST_EVENING)

    assert str(entry.WHO_WAS_THERE) not in read(staff_client.get(f"{ADMIN}add/"))
    staff_client.post(f"{ADMIN}add/", staff_form(edition, days=last_day(edition)))

    assert (Attendance.objects.count(), Message.objects.count()) == (0, 1)


def accept(client, registration):
    client.post("/en/registration/accept/")


def cancel(client, registration):
    client.post("/en/registration/cancel/")


def list_action(action):
    def take(client, registration):
        ticked = {"action": action, "_selected_action": [registration.pk], "keys": registration.pk, "reason": "Sample"}
        client.post(ADMIN, ticked | {"sure": "yes"})

    take.__name__ = action
    return take


STEPS = [
    (accept, Status.OFFERED),
    (cancel, Status.CONFIRMED),
    *((list_action("confirm"), status) for status in (Status.WAITING, Status.OFFERED, Status.RECEIVED)),
    (list_action("wait"), Status.RECEIVED),
    (list_action("decline"), Status.CONFIRMED),
    (list_action("cancel"), Status.CONFIRMED),
]


@pytest.mark.parametrize(("step", "status"), STEPS, ids=lambda part: getattr(part, "__name__", part))
def test_no_step_moves_a_person_after_the_last_day(staff_client, edition, people, at, step, status):
    session = staff_client.session
    session[opened.OWN], session[opened.USED_AT] = people[status].opens, opened.now()
    session.save()
    Registration.objects.filter(status=Status.OFFERED).update(offered_until=timezone.now() + timedelta(days=30))
    before = standings()
    at(DAY_AFTER)

    step(staff_client, people[status])

    assert standings() == before
    assert not Message.objects.exists()


@pytest.mark.parametrize("step", [transitions.confirm, transitions.put_on_waiting_list, transitions.cancel])
def test_rule_says_that_it_is_over(edition, people, at, step):
    at(DAY_AFTER)

    with pytest.raises(lock.Over):
        step(people[Status.RECEIVED])


@pytest.mark.parametrize("free", ["erase", "capacity", "tending"])
def test_place_that_comes_free_is_offered_to_no_person(edition, people, at, free):
    at(DAY_AFTER)

    if free == "erase":
        transitions.erase(people[Status.CONFIRMED])
    elif free == "capacity":
        Intake.objects.update(capacity=100)
        transitions.offer_free_places(edition)
    tend_registration.Command().tend()

    assert Registration.objects.get(pk=people[Status.WAITING].pk).status == Status.WAITING
    assert not Message.objects.exists()


def test_offer_that_ran_out_is_taken_back_without_a_word(edition, people, at):
    at(DAY_AFTER)

    tend_registration.Command().tend()

    row = Registration.objects.get(pk=people[Status.OFFERED].pk)
    assert (row.status, row.steps.first().what) == (Status.CANCELLED, Change.LAPSED)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (datetime(2024, 3, 20, 9, 0), datetime(2024, 3, 22, 9, 0)),  # 48 hours, as the intake says
        (datetime(2024, 3, 24, 8, 30), datetime(2024, 3, 25, 8, 30)),  # half of the two days that are left
        (datetime(2024, 3, 25, 20, 30), datetime(2024, 3, 26, 2, 30)),
        (datetime(2024, 3, 26, 5, 30), datetime(2024, 3, 26, 7, 30)),  # two hours at least
        (datetime(2024, 3, 26, 7, 30), datetime(2024, 3, 26, 8, 30)),  # and not beyond the beginning
        (datetime(2024, 3, 26, 8, 30), datetime(2024, 3, 26, 20, 30)),  # for the second day alone
        (datetime(2024, 3, 27, 8, 30), None),
        (datetime(2024, 3, 27, 12, 0), None),
    ],
)
def test_offer_is_shorter_near_the_first_day_and_ends_with_its_beginning(edition, at, moment, until):
    at(moment)

    offered = offers.offered_until(edition.intake, Beginnings(edition).still_to_come(edition.days.all()).values())

    expected = until and timezone.make_aware(until)
    assert (offered and offered.replace(second=0, microsecond=0)) == expected


def test_once_the_first_day_has_begun_the_first_who_also_comes_on_the_second_is_offered_that(edition, at):
    at(datetime(2024, 3, 26, 12, 0))
    Intake.objects.update(capacity=1)
    first, second = edition.days.all()
    holder, *waiting = (make_registration(edition, name_latin=f"KUMROU {number}") for number in range(1, 5))
    waiting[0].days.set([first])
    waiting[2].days.set([second])

    transitions.cancel(holder)

    rows = [Registration.objects.get(pk=row.pk) for row in waiting]
    assert [row.status for row in rows] == [Status.WAITING, Status.OFFERED, Status.WAITING]
    assert rows[1].offered_until < timezone.make_aware(datetime(2024, 3, 27, 8, 30))
    assert list(rows[1].days.all()) == [second]


def test_message_about_a_place_that_could_not_be_sent_is_not_sent_after_the_end(edition, at, settings, mailoutbox):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False
    person = make_registration(edition, email="sample@example.org")
    outbox.put(person, MessageKind.THANKS)
    at(DAY_AFTER)

    outbox.send_due()

    assert [mail.subject.partition(" – ")[0] for mail in mailoutbox] == ["Thank you for taking part"]


@pytest.mark.parametrize("state", [MessageState.TO_CALL, MessageState.QUEUED, MessageState.FAILED])
@pytest.mark.parametrize(("moment", "waits"), [(LAST_EVENING, True), (DAY_AFTER, False)])
def test_what_is_about_coming_waits_for_no_person_after_the_end(edition, at, state, moment, waits):
    person = make_registration(edition)
    Message.objects.all().delete()
    coming = [Message(registration=person, kind=kind, state=state) for kind in sorted(ABOUT_COMING)]
    news = Message(registration=person, kind=MessageKind.OWN_NEWS, state=MessageState.TO_CALL)
    told = Message(registration=person, kind=MessageKind.CONFIRMED, state=MessageState.CALLED)
    Message.objects.bulk_create([*coming, news, told])
    at(moment)

    assert outbox.leave_what_is_too_late() == (0 if waits else len(ABOUT_COMING))

    assert set(Message.objects.filter(state=state, kind__in=ABOUT_COMING).values_list("kind", flat=True)) == (
        ABOUT_COMING if waits else set()
    )
    assert Message.objects.filter(state=MessageState.REPLACED).count() == (0 if waits else len(ABOUT_COMING))
    assert Message.objects.get(pk=news.pk).state == MessageState.TO_CALL
    assert Message.objects.get(pk=told.pk).state == MessageState.CALLED


def test_call_list_is_empty_after_the_end_by_itself(edition, at):
    make_registration(edition)
    assert Message.objects.open_calls().count() == 1
    at(DAY_AFTER)

    tend_registration.Command().tend()

    assert not Message.objects.open_calls().exists()
