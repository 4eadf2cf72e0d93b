"""Messages when things go wrong: a sender dies, the mail server is away, many send at once, odd things are typed."""

import email
import threading
import time
from collections import Counter
from datetime import timedelta
from email import policy

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from registration import emails, outbox, signup
from registration.choices import MessageKind, MessageState
from registration.models import Intake, Letter, Message, MessageText, Registration
from registration.models.letters import TEXTS
from tests.factories import make_day, make_edition, make_letter, make_registration


@pytest.fixture(autouse=True)
def _with_email(settings):
    settings.SENDS_EMAIL = True
    settings.OUTBOX_THREAD = False
    settings.SITE_URL = "https://conference.example.org"


@pytest.fixture
def coming(db):
    return edition_with_intake()


def edition_with_intake():
    edition = make_edition()
    make_day(edition)
    Intake.objects.create(edition=edition)
    return edition


@pytest.fixture
def clock(monkeypatch):
    """What time it is: `clock.now` can be set."""

    class Clock:
        now = timezone.now() + timedelta(minutes=1)  # after whatever is made by the real clock

    monkeypatch.setattr(timezone, "now", lambda: Clock.now)
    return Clock


def message_ids():
    return Counter(sent.extra_headers["Message-ID"] for sent in mail.outbox)


# --- A sender dies -----------------------------------------------------------------------------------------------


class Died(BaseException):
    """As a process that is killed: nobody catches it."""


def dying(function, *, before):
    def die(*args, **kwargs):
        if not before:
            function(*args, **kwargs)
        raise Died

    return die


POINTS = [
    (outbox, "send_due", True),
    (outbox, "_claim", True),
    (outbox, "_claim", False),
    (outbox, "_send", True),
    (emails, "compose", True),
    (emails, "compose", False),
    (EmailMessage, "send", True),
    (EmailBackend, "send_messages", True),
    (EmailBackend, "send_messages", False),
    (EmailMessage, "send", False),
    (outbox, "_finish", True),
    (outbox, "_finish", False),
    (outbox, "_send", False),
]


@pytest.mark.parametrize(("owner", "name", "before"), POINTS)
def test_message_of_a_sender_that_dies_anywhere_arrives_and_at_most_twice_as_the_same(
    coming, clock, monkeypatch, owner, name, before
):
    message = make_registration(coming, email="dara@example.org").messages.get()
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, dying(getattr(owner, name), before=before))
        with pytest.raises(Died):
            outbox.send_due()

    clock.now += outbox.LEASE + timedelta(seconds=1)
    outbox.send_due()

    message.refresh_from_db()
    assert message.state == MessageState.SENT
    (times,) = message_ids().values()
    assert times <= 2
    clock.now += timedelta(days=1)
    assert outbox.send_due() == 0


@pytest.mark.django_db(transaction=True)
def test_sign_up_that_dies_before_its_end_leaves_neither_person_nor_message(monkeypatch):
    edition = edition_with_intake()
    monkeypatch.setattr(outbox, "put", dying(outbox.put, before=False))

    with pytest.raises(Died):
        make_registration(edition, email="dara@example.org")

    assert not Registration.objects.exists()
    assert not Message.objects.exists()


# --- The mail server is away -------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [6, 20])
def test_messages_leave_within_an_hour_of_the_return_of_the_mail_server(coming, clock, monkeypatch, hours):
    begin = clock.now
    letter = make_letter(coming)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse(ConnectionRefusedError()))
        for minute in range(0, hours * 60, 15):
            clock.now = begin + timedelta(minutes=minute)
            if minute % 120 == 0:
                make_registration(coming, email=f"sample{minute}@example.org")
            outbox.send_due()
    outbox.put_letter(letter, list(Registration.objects.all()))
    back = clock.now
    while Message.objects.exclude(state=MessageState.SENT).exists():
        clock.now += timedelta(minutes=1)
        outbox.send_due()
        assert clock.now <= back + timedelta(minutes=65)

    assert set(message_ids().values()) == {1}
    assert len(mail.outbox) == hours  # a confirmation and a letter for each who came


def refuse(error):
    def send_messages(self, messages):
        raise error

    return send_messages


# --- Many send at once -------------------------------------------------------------------------------------------


def queue(edition, number, **fields):
    """As many people, each with a message to be sent."""
    people = Registration.objects.bulk_create(
        Registration(
            edition=edition, status="cancelled", language="en", name_latin=f"SAMPLE {one}", sector="student",
            email=f"sample{one}@example.org", part="participant", province="12", **fields,
        )
        for one in range(number)
    )  # fmt: skip
    Message.objects.bulk_create(Message(registration=person, kind=MessageKind.CANCELLED) for person in people)


def short_email(message):
    """Quick to write: it is about the sending."""
    return EmailMessage("Sample", "Sample", to=["sample@example.org"], headers={"Message-ID": str(message.uuid)})


def run_side_by_side(runners):
    def run():
        try:
            outbox.send_due()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _runner in range(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture
def quick_disk(monkeypatch):
    """Nothing here is about power cuts: SQLite need not wait for the disk."""
    if connections["default"].vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "init_command", "PRAGMA synchronous=OFF")


@pytest.mark.django_db(transaction=True)
def test_four_senders_send_a_thousand_messages_once_each(quick_disk, monkeypatch):
    queue(edition_with_intake(), 1000)
    monkeypatch.setattr(emails, "compose", short_email)

    run_side_by_side(4)

    assert len(mail.outbox) == 1000
    assert set(message_ids().values()) == {1}
    assert Message.objects.filter(state=MessageState.SENT, attempts=1).count() == 1000


@pytest.mark.django_db(transaction=True)
def test_senders_that_claim_nothing_would_be_noticed(monkeypatch):
    """The test above is not blind."""
    queue(edition_with_intake(), 20)
    everybody_is_here = threading.Barrier(4)

    def claim_nothing(message):
        if message.registration.name_latin == "SAMPLE 0":
            everybody_is_here.wait(timeout=60)
        return True

    monkeypatch.setattr(outbox, "_claim", claim_nothing)

    run_side_by_side(4)

    assert set(message_ids().values()) != {1}


@pytest.mark.django_db(transaction=True)
def test_confirmation_leaves_by_itself_within_ten_seconds(settings):
    settings.OUTBOX_THREAD = True
    edition = edition_with_intake()

    make_registration(edition, email="dara@example.org")

    until = time.monotonic() + 10
    while not Message.objects.filter(state=MessageState.SENT).exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    assert [sent.to for sent in mail.outbox] == [["dara@example.org"]]


# --- Odd rows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "columns",
    [
        {"email": "no address"},
        {"email": "a@example.org, b@example.org"},
        {"language": "xx"},
        {"decline_reason": "ក" * 1_000_000},
        {"name_latin": "\x01\x02\u202e\ufffe\x7f", "name_km": ""},
    ],
    ids=["no address", "two addresses", "unknown language", "a million letters", "control characters"],
)
def test_odd_row_holds_up_no_other(coming, columns):
    odd = make_registration(coming, email="odd@example.org")
    Registration.objects.filter(pk=odd.pk).update(**columns)
    odd.messages.update(kind=MessageKind.DECLINED)
    others = [make_registration(coming, email=f"sample{one}@example.org") for one in range(3)]

    began = time.process_time()
    outbox.send_due()

    assert time.process_time() - began < 2
    arrived = {sent.to[0] for sent in mail.outbox}
    assert {person.email for person in others} <= arrived
    assert Message.objects.get(registration=odd).state in (MessageState.SENT, MessageState.FAILED)


@pytest.mark.parametrize("erase", [signup.erase, lambda person: person.delete()])
def test_who_is_erased_gets_no_later_message(coming, erase):
    person = make_registration(coming, email="dara@example.org")
    outbox.put_letter(make_letter(coming), [person])

    erase(person)

    assert outbox.send_due() == 0
    assert not Message.objects.exists()


def test_message_keeps_no_address_and_no_text():
    kept = {field.name for field in Message._meta.concrete_fields}

    assert kept == {
        *("id", "uuid", "registration", "kind", "letter", "state", "attempts", "due_at", "problem", "created_at"),
        "done_at",
    }


# --- Odd words ---------------------------------------------------------------------------------------------------

HEADERS = ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"]
NASTY = ["\r", "\n", "\r\n", "\x0b", "\u2028", "Bcc: x@example.net", "{name}", "{link}", "{", "}", "\x00"]
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
words = anything | st.lists(st.sampled_from(NASTY), max_size=8).map("".join)
many_examples = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def message(coming):
    return make_registration(coming, email="dara@example.org").messages.get()


def headers_of(sent):
    """As a mail server reads them."""
    parsed = email.message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    return sorted(name for name in parsed if name != "Content-Transfer-Encoding"), parsed


def assert_is_for(sent, address):
    names, parsed = headers_of(sent)
    assert names == HEADERS
    assert sent.recipients() == [address]
    assert [one.addr_spec for one in parsed["To"].addresses] == [address]
    assert "\n" not in parsed["Subject"]


@many_examples
@given(st.lists(words, min_size=7, max_size=7), st.sampled_from(MessageKind), st.sampled_from(["en", "km"]))
def test_whatever_people_typed_one_message_goes_to_one_person(message, typed, kind, language):
    person, edition = message.registration, message.registration.edition
    person.name_km, person.name_latin, person.organisation, person.decline_reason = typed[:4]
    edition.title_en, edition.venue_en, edition.contact_name_km = typed[4:]
    person.language, message.kind = language, kind

    assert_is_for(emails.compose(message), "dara@example.org")


@many_examples
@given(st.lists(words, min_size=5, max_size=5), st.sampled_from(["en", "km"]), st.booleans())
@example(["\r\nBcc: x@example.net", "", "", "", "{name}\r\nTo: x@example.net"], "en", True)
@example(["{name}", "", "{name}", "", "A\r\nBcc: x@example.net"], "en", False)
def test_whatever_staff_wrote_one_message_goes_to_one_person(message, typed, language, is_letter):
    texts = dict(zip(TEXTS, typed[:4], strict=True))
    message.registration.name_latin, message.registration.language = typed[4], language
    if is_letter:
        message.kind, message.letter = MessageKind.LETTER, Letter(kind=MessageKind.LETTER, **texts)
        assert_is_for(emails.compose(message), "dara@example.org")
        return
    message.kind, message.letter = MessageKind.WAITING, None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MessageText, "of", lambda *_args: MessageText(kind=MessageKind.WAITING, **texts))
        assert_is_for(emails.compose(message), "dara@example.org")


@many_examples
@given(st.emails() | words | st.tuples(words, st.emails()).map("".join))
@example("a@example.org, b@example.org")
@example('"a b"@example.org')
@example("<a@example.org>")
def test_whatever_stands_as_address_is_the_one_recipient_or_is_refused(message, address):
    message.registration.email = address
    try:
        sent = emails.compose(message)
    except ValidationError:
        return
    _names, parsed = headers_of(sent)
    assert sent.recipients() == [address]
    assert len(parsed["To"].addresses) == 1
