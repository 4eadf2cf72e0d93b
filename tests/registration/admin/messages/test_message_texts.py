"""What messages say when staff write the words."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from registration.choices import MessageKind
from registration.messages import emails, preview
from registration.models import Letter, MessageText, Registration
from registration.models.letters import ALWAYS_WRITTEN, LETTERS, NEVER_WRITTEN
from tests.factories import make_letter, make_registration


@pytest.fixture
def message(edition, settings):
    settings.SITE_URL = "https://conference.example.org"
    registration = make_registration(edition, email="dara@example.org", name_latin="SOK Dara")
    return registration.messages.get()


def write(edition, kind=MessageKind.CONFIRMED, **texts):
    text = MessageText(edition=edition, kind=kind, **texts)
    text.full_clean()
    text.save()


def test_written_words_replace_the_sites_own_and_nothing_else(message):
    write(message.registration.edition, subject_en="Welcome!", body_en="Come early: the hall is small.")

    email = emails.compose(message)

    assert email.subject == "Welcome! – National Open Data Conference 2024"
    assert "Come early: the hall is small." in email.body
    assert "Your place is confirmed" not in email.body
    number = message.registration.spoken_code
    for stays in ("Dear SOK Dara,", number, "/en/registration/", "March 26, 2024", "012 323 045"):
        assert stays in email.body


def test_language_that_staff_did_not_write_keeps_the_sites_own_words(message):
    write(message.registration.edition, subject_en="Welcome!", body_en="Come early.")
    message.registration.language = "km"

    email = emails.compose(message)

    assert email.subject.startswith("យើងខ្ញុំបានបញ្ជាក់កន្លែងជូនអ្នកហើយ")
    assert "Come early" not in email.body


def test_words_of_another_kind_or_edition_change_nothing(message):
    write(message.registration.edition, kind=MessageKind.CANCELLED, body_en="CANARY")

    assert "CANARY" not in emails.text_of(message)


def test_placeholders_are_filled_in(message):
    write(
        message.registration.edition,
        subject_en="{name}, {number}",
        body_en="{name} | {number} | {days} | {place} | {link}",
    )

    email = emails.compose(message)

    number = message.registration.spoken_code
    days = "Tuesday, March 26, 2024; Wednesday, March 27, 2024"
    assert email.subject.startswith(f"SOK Dara, {number} – ")
    assert f"SOK Dara | {number} | {days} | CADT Innovation Center, Phnom Penh | https://" in email.body


def test_placeholders_of_one_kind_are_filled_in(message, edition):
    write(edition, kind=MessageKind.OFFERED, body_en="Until {until}.")
    write(edition, kind=MessageKind.DECLINED, body_en="Because: {reason}")
    message.registration.decline_reason = "The hall is full."
    message.registration.offered_until = datetime(2030, 3, 1, 20, 15, tzinfo=UTC)  # as the database gives it

    message.kind = MessageKind.DECLINED
    assert "Because: The hall is full." in emails.text_of(message)
    message.kind = MessageKind.OFFERED
    assert "Until March 2, 2030, 3:15." in emails.text_of(message)


def test_what_a_person_typed_is_never_a_placeholder(message):
    write(message.registration.edition, body_en="For {name}.")
    message.registration.name_latin = "{link}{number.__class__}"

    assert "For {link}{number.__class__}." in emails.text_of(message)


@pytest.mark.parametrize(
    ("kind", "text", "named"),
    [
        (MessageKind.CONFIRMED, "Dear {nmae}", "{nmae}"),
        (MessageKind.CONFIRMED, "Until {until}", "{until}"),
        (MessageKind.REMINDER, "{reason}", "{reason}"),
        (MessageKind.OFFERED, "{name.__class__}", "{name.__class__}"),
        (MessageKind.OFFERED, "{}", "{}"),
    ],
)
def test_unknown_placeholder_is_refused_by_name(edition, kind, text, named):
    with pytest.raises(ValidationError) as error:
        write(edition, kind=kind, body_km=text)

    (said,) = error.value.message_dict["body_km"]
    assert f"This message knows no {named}." in said
    assert "{name}, {number}" in said


def test_placeholder_typed_with_invisible_spaces_is_understood(message):
    write(message.registration.edition, body_en="For {\u200bname }.")

    assert "For SOK Dara." in emails.text_of(message)


def test_edition_has_one_text_for_a_kind(edition):
    write(edition, body_en="One")

    with pytest.raises(ValidationError, match="has a text for this message already"):
        write(edition, body_en="Two")


@pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind not in ALWAYS_WRITTEN + NEVER_WRITTEN])
def test_every_kind_with_words_of_its_own_can_be_rewritten(message, kind):
    write(message.registration.edition, kind=kind, subject_en="New subject", body_en="New words")
    message.kind = kind

    email = emails.compose(message)

    assert email.subject.startswith("New subject")
    assert "New words" in email.body


def test_letter_says_what_staff_wrote(message, edition):
    message.kind, message.letter = MessageKind.LETTER, make_letter(edition, subject_en="Rooms", body_en="For {name}.")

    email = emails.compose(message)

    assert email.subject.startswith("Rooms – ")
    assert "For SOK Dara." in email.body


def test_letter_in_one_language_reaches_readers_of_the_other(message, edition):
    message.kind, message.letter = MessageKind.LETTER, make_letter(edition)
    message.registration.language = "km"

    email = emails.compose(message)

    assert email.subject.startswith("Sample subject – ")
    assert "Sample text" in email.body
    assert "សូមគោរពជូន" in email.body


@pytest.mark.parametrize("kind", ALWAYS_WRITTEN)
def test_letter_without_words_is_refused(edition, kind):
    with pytest.raises(ValidationError, match="in at least one language"):
        Letter(edition=edition, kind=kind, subject_en="A subject").full_clean()


def test_reminder_says_what_the_texts_of_messages_say(message, edition):
    write(edition, kind=MessageKind.REMINDER, body_en="Bring a cup.")
    message.kind = MessageKind.REMINDER
    message.letter = make_letter(edition, kind=MessageKind.REMINDER, subject_en="", body_en="")

    assert "Bring a cup." in emails.text_of(message)


def test_confirmation_says_what_the_person_answered_and_nothing_sensitive(edition):
    registration = make_registration(
        edition,
        inclusion={"access_note": "CANARY", "groups": ["lgbtqi"], "food": ["halal"], "languages": ["csl"]},
        travel={"nights": [], "emergency_name": "CANARY"},
    )

    text = emails.text_of(registration.messages.get())

    for answer in ("Participant", "Sample Organisation", "Phnom Penh", "March 26, 2024; Wednesday, March 27, 2024"):
        assert answer in text
    for secret in ("CANARY", "LGBTQI", "lgbtqi", "alal", "Sign Language", "csl"):
        assert secret not in text


@pytest.mark.parametrize("kind", LETTERS)
def test_letters_keep_number_link_and_signature(message, kind):
    message.kind = kind

    text = emails.compose(message).body

    assert message.registration.spoken_code in text
    assert "/en/registration/" in text
    assert "012 323 045" in text


def test_preview_shows_a_sample_in_both_languages_and_saves_nothing(edition):
    text = MessageText(edition=edition, kind=MessageKind.CONFIRMED, body_en="For {name}.")

    english, khmer = preview.previews(edition, text.kind, text)

    assert "For SAMPLE Participant." in english.text
    assert "សូមគោរពជូន អ្នកចូលរួមគំរូ" in khmer.text
    assert "For" not in khmer.text
    assert not Registration.objects.exists()


@pytest.mark.parametrize("kind", MessageKind)
def test_every_kind_has_a_preview(edition, kind):
    assert all(len(sample.text) > 200 and sample.subject for sample in preview.previews(edition, kind))


def test_offer_that_leaves_late_promises_nothing(message):
    message.kind = MessageKind.OFFERED

    assert "this has changed since" in emails.text_of(message)
