"""Messages and odd words: typed by people, written by staff, standing where an address should be."""

import email
import time
from email import policy

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from registration.choices import MessageKind, MessageState
from registration.messages import emails, outbox
from registration.models import Letter, Message, MessageText, Registration
from registration.models.letters import TEXTS
from registration.signing_up import transitions
from tests.factories import make_letter, make_registration
from tests.registration.messages.test_outbox_faults import edition_with_intake


@pytest.fixture(autouse=True)
def _with_email(settings):
    settings.SENDS_EMAIL = True
    settings.OUTBOX_THREAD = False
    settings.SITE_URL = "https://conference.example.org"


@pytest.fixture
def coming(db):
    return edition_with_intake()


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


@pytest.mark.parametrize("erase", [transitions.erase, lambda person: person.delete()])
def test_who_is_erased_gets_no_later_message(coming, erase):
    person = make_registration(coming, email="dara@example.org")
    outbox.put_letter(make_letter(coming), [person])

    erase(person)

    assert outbox.send_due() == 0
    assert not Message.objects.exists()


def test_message_keeps_no_address_and_no_text():
    """But for the contact that is the person's no more, until it is told: tests/registration/test_doors.py."""
    kept = {field.name for field in Message._meta.concrete_fields}

    assert kept == {
        *(
            "id",
            "uuid",
            "registration",
            "kind",
            "letter",
            "state",
            "attempts",
            "due_at",
            "tries",
            "tried_at",
            "call_at",
        ),
        *("problem", "created_at", "done_at", "contact"),
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
