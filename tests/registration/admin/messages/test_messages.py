"""What staff do with messages and their texts."""

import pytest

from registration.choices import MessageKind, MessageState
from registration.links import token_for
from registration.models import Message, MessageText, Registration
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.pages import take
from tests.registration.admin.registrations.test_registration import member_of

MESSAGES = "/admin/registration/message/"
TEXTS = "/admin/registration/messagetext/"


@pytest.fixture
def desk(client, db):
    return member_of("Registration desk", client)


@pytest.fixture
def message(edition):
    return make_registration(edition, email="dara@example.org").messages.get()


def stand(message, state, problem=""):
    Message.objects.filter(pk=message.pk).update(state=state, problem=problem)


def act(client, action, message):
    return read(take(client, action, message, address=MESSAGES))


def typed(edition, **fields):
    texts = dict.fromkeys(["subject_en", "subject_km", "body_en", "body_km"], "")
    return {"edition": edition.pk, "kind": "confirmed", **texts, **fields}


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("SMTPRecipientsRefused", "the address does not exist"),
        ("ConnectionRefusedError", "the mail server could not be reached"),
        ("gaierror", "the mail server could not be reached"),
        ("SMTPAuthenticationError", "the mail server refuses our e-mail"),
        ("ValidationError", "this is not an e-mail address"),
        ("KeyError", "the message cannot be written"),
    ],
)
def test_list_says_in_words_why_a_message_failed(desk, message, problem, words):
    stand(message, MessageState.FAILED, problem)

    text = read(desk.get(MESSAGES))

    assert words in text
    assert problem not in text


def test_failed_message_is_tried_again_at_once(desk, message):
    stand(message, MessageState.FAILED, "ConnectionRefusedError")

    text = act(desk, "try_again", message)

    assert "Done for 1 message." in text
    assert Message.objects.due().get() == message


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.FAILED])
def test_message_that_came_back_goes_onto_the_call_list(desk, message, state):
    stand(message, state)

    text = act(desk, "came_back", message)

    assert "it came back" in text
    assert Message.objects.open_calls().get() == message


@pytest.mark.parametrize("action", ["try_again", "came_back"])
@pytest.mark.parametrize("state", [MessageState.QUEUED, MessageState.SENDING, MessageState.CALLED])
def test_message_that_stands_elsewhere_is_left_alone(desk, message, action, state):
    stand(message, state)

    assert "Done for 0 messages." in act(desk, action, message)
    assert Message.objects.get().state == state


@pytest.mark.parametrize("group", ["Programme editors", "Inclusion officers"])
def test_who_may_not_tell_changes_no_message_and_no_text(client, message, group):
    stand(message, MessageState.FAILED)
    member = member_of(group, client)

    take(member, "try_again", message, address=MESSAGES)

    assert Message.objects.get().state == MessageState.FAILED
    for address in ("add/", "add/preview/"):
        assert member.post(f"{TEXTS}{address}", typed(message.registration.edition)).status_code == 403


def test_page_of_texts_explains_what_may_be_written(desk, edition):
    text = read(desk.get(f"{TEXTS}add/"))

    assert "{name} (the person’s name)" in text
    assert "{until} (until when the place is kept for them)" in text


def test_page_of_texts_explains_it_in_khmer(desk, edition):
    desk.cookies["language"] = "km"

    assert "{name} (ឈ្មោះរបស់អ្នកចូលរួម)" in read(desk.get(f"{TEXTS}add/"))


def test_preview_before_saving_shows_both_languages_and_saves_nothing(desk, edition):
    text = read(desk.post(f"{TEXTS}add/preview/", typed(edition, body_en="For {name}: come early.")))

    assert "For SAMPLE Participant: come early." in text
    assert "យើងខ្ញុំបានបញ្ជាក់កន្លែងជូនអ្នកហើយ" in text
    assert "Nothing is saved yet" in text
    assert not MessageText.objects.exists()


def test_preview_of_a_saved_text_shows_what_was_typed_since(desk, edition):
    saved = MessageText.objects.create(edition=edition, kind=MessageKind.CONFIRMED, body_en="Old words")

    text = read(desk.post(f"{TEXTS}{saved.pk}/change/preview/", typed(edition, body_en="New words")))

    assert "New words" in text
    saved.refresh_from_db()
    assert saved.body_en == "Old words"


def test_preview_names_what_is_wrong(desk, edition):
    text = read(desk.post(f"{TEXTS}add/preview/", typed(edition, body_km="{nmae}")))

    assert "This message knows no {nmae}." in text
    assert "Nothing is lost" in text


def test_text_with_an_unknown_placeholder_is_not_saved(desk, edition):
    text = read(desk.post(f"{TEXTS}add/", typed(edition, subject_en="{nmae}")))

    assert "This message knows no {nmae}." in text
    assert not MessageText.objects.exists()


def test_saved_text_is_what_is_read_out_on_the_telephone(desk, edition):
    message = make_registration(edition).messages.get()

    desk.post(f"{TEXTS}add/", typed(edition, body_en="Come early."))

    assert "Come early." in read(desk.get(f"{MESSAGES}{message.pk}/change/"))


@pytest.mark.parametrize(("reader", "said"), [("en", "It is not shown to staff"), ("km", "មិនបង្ហាញជូនបុគ្គលិកទេ")])
@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("body", ["", "Look here: {link}"])
def test_words_to_say_have_a_note_in_place_of_the_own_link(desk, edition, language, body, reader, said):
    message = make_registration(edition).messages.get()
    Registration.objects.update(language=language)
    MessageText.objects.create(edition=edition, kind=message.kind, body_en=body, body_km=body)
    desk.cookies["language"] = reader

    page = desk.get(f"{MESSAGES}{message.pk}/change/")

    assert said in read(page)
    assert f'<em lang="{reader}">' in page.content.decode()
    assert token_for(message.registration) not in page.content.decode()


@pytest.mark.parametrize("people", [1, 20])
def test_list_of_messages_takes_the_same_queries_for_few_and_many(desk, edition, people, django_assert_num_queries):
    for _person in range(people):
        make_registration(edition)
    desk.get(MESSAGES)

    with django_assert_num_queries(12):
        desk.get(MESSAGES)


def test_call_list_says_whom_to_call_and_is_worked_off_page_by_page(desk, message):
    stand(message, MessageState.TO_CALL)
    assert message.registration.shown_name in read(desk.get(MESSAGES))
    assert "Mark as told by telephone" in read(desk.get(f"{MESSAGES}{message.pk}/change/"))

    assert "Done for 1 message." in act(desk, "mark_called", message)

    assert Message.objects.get().state == MessageState.CALLED
    assert "Mark as told" not in read(desk.get(f"{MESSAGES}{message.pk}/change/"))


def test_message_is_found_by_name_and_by_number(desk, message):
    make_registration(message.registration.edition, name_km="", name_latin="OTHER Person")

    for typed in ("Sakalbang", message.registration.spoken_code, "012 000 001"):
        assert message.registration.spoken_code in read(desk.get(MESSAGES, {"q": typed}))
    assert "OTHER" not in read(desk.get(MESSAGES, {"q": "Sakalbang"}))
