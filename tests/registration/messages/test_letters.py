"""Staff write to many people: choose, write, look, send."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError

from registration.choices import MessageKind, MessageState
from registration.messages import letters, outbox
from registration.models import Intake, Letter, Message, MessageText, Registration
from registration.signing_up import transitions
from tests.factories import make_day, make_edition, make_letter, make_registration, open_intake
from tests.pages import links, read
from tests.registration.admin.registrations.pages import ask
from tests.registration.admin.registrations.test_registration import LIST, member_of

WRITE = f"{LIST}write/"
NO_WORDS = {"subject_en": "", "body_en": ""}


@pytest.fixture(autouse=True)
def _with_email(settings):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False


@pytest.fixture
def desk(client, db):
    return member_of("Registration desk", client)


@pytest.fixture
def people(edition):
    """One with e-mail, one without, one who has cancelled."""
    written = make_registration(edition, email="dara@example.org", name_latin="SOK Dara")
    called = make_registration(edition, name_latin="CHAN Bopha")
    gone = make_registration(edition, email="kosal@example.org", name_latin="KEO Kosal")
    transitions.cancel(gone)
    Message.objects.all().delete()
    return [written, called, gone]


def hidden(page):
    """What the page sends along without showing it."""
    inputs = re.findall(r'<input type="hidden"[^>]*>', page.content.decode())
    found = {re.search(r'name="(\w+)"', tag)[1]: re.search(r'value="([^"]*)"', tag) for tag in inputs}
    return {name: value[1] if value else "" for name, value in found.items()}


def fill_in(client, people, button="preview", **fields):
    """From the list to the page after a button."""
    page = ask(client, "write", *people)
    typed = {"kind": "letter", "subject_en": "Rooms", "body_en": "For {name}.", "subject_km": "", "body_km": ""}
    return client.post(WRITE, hidden(page) | typed | fields | {button: "1"}, follow=button == "send")


def test_preview_says_how_many_and_shows_a_sample_in_both_languages_and_sends_nothing(desk, people):
    text = read(fill_in(desk, people, subject_km="បន្ទប់", body_km="ជូន {name}។"))

    assert "2 people get it by e-mail." in text
    assert "1 person goes onto the call list." in text
    assert "For SAMPLE Participant." in text
    assert "ជូន អ្នកចូលរួមគំរូ។" in text
    assert not Letter.objects.exists()
    assert not Message.objects.exists()


def test_letter_goes_to_all_by_email_or_onto_the_call_list(desk, people):
    preview = fill_in(desk, people)

    text = read(desk.post(WRITE, hidden(preview) | {"send": "1"}, follow=True))
    outbox.send_due()

    assert "Written to 3 people." in text
    assert sorted(email.to[0] for email in mail.outbox) == ["dara@example.org", "kosal@example.org"]
    assert {"For SOK Dara.", "For KEO Kosal."} == {line for m in mail.outbox for line in re.findall("For .*", m.body)}
    call = Message.objects.open_calls().get()
    assert "For CHAN Bopha." in read(desk.get(f"/admin/registration/message/{call.pk}/change/"))
    letter = Letter.objects.get()
    assert (letter.people, letter.written_by.username, letter.subject_en) == (3, "Registration desk", "Rooms")


def test_send_pressed_twice_sends_once(desk, people):
    data = hidden(fill_in(desk, people)) | {"send": "1"}

    for _time in range(2):
        assert "Written to 3 people." in read(desk.post(WRITE, data, follow=True))

    assert Letter.objects.count() == 1
    assert Message.objects.count() == 3


def test_database_refuses_the_same_letter_to_one_person_twice(edition, people):
    letter = make_letter(edition)
    outbox.put_letter(letter, people)

    with pytest.raises(IntegrityError):
        outbox.put_letter(letter, people[:1])


def test_reminder_goes_to_those_with_a_place_and_says_what_the_texts_say(desk, people):
    MessageText.objects.create(edition=people[0].edition, kind=MessageKind.REMINDER, body_en="Bring a cup.")

    preview = fill_in(desk, people, kind="reminder", **NO_WORDS)
    desk.post(WRITE, hidden(preview) | {"send": "1"})
    outbox.send_due()

    text = read(preview)
    assert "Bring a cup." in text
    assert "1 person whom you chose does not get it" in text
    (email,) = mail.outbox
    assert email.to == ["dara@example.org"]
    assert "Bring a cup." in email.body


def test_preview_says_who_has_had_such_a_message_before(desk, people):
    fill_in(desk, people, kind="reminder", button="send", **NO_WORDS)

    text = read(fill_in(desk, people, kind="reminder", **NO_WORDS))

    assert "2 people have had a message of this kind before" in text


def test_preview_says_which_language_is_missing(desk, people):
    assert "There is no Khmer text" in read(fill_in(desk, people))
    assert "There is no English text" in read(
        fill_in(desk, people, subject_en="", body_en="", subject_km="បន្ទប់", body_km="ជូន {name}។")
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"body_en": "CANARY {nmae}"}, "This message knows no {nmae}."),
        ({"body_en": "", "subject_en": "CANARY"}, "Write this text in at least one language"),
        ({"subject_en": "", "body_en": "CANARY"}, "Write this text in at least one language"),
        ({"kind": "received", "body_en": "CANARY"}, "Select a valid choice"),
        ({"kind": "", "body_en": "CANARY"}, "Choose what to send."),
        ({"kind": "reminder", "body_en": "CANARY"}, "For words of your own choose another message"),
        ({"kind": "thanks", "body_km": "CANARY"}, "For words of your own choose another message"),
        ({"kind": "reminder", "body_en": "", "subject_en": "CANARY"}, "For words of your own choose another message"),
    ],
)
@pytest.mark.parametrize("button", ["preview", "send"])
def test_mistake_is_named_and_nothing_typed_is_lost(desk, people, fields, said, button):
    page = fill_in(desk, people, button=button, **fields)

    assert said in read(page)
    assert "CANARY" in page.content.decode()
    assert not Letter.objects.exists()


def test_no_kind_of_letter_is_chosen_beforehand(desk, people):
    page = ask(desk, "write", *people).content.decode()

    (select,) = re.findall(r'(?s)<select name="kind".*?</select>', page)
    assert re.findall(r'<option value="([^"]*)" selected', select) == [""]


def test_words_stay_where_the_people_are_gone_or_the_intake_is(desk, people):
    data = hidden(fill_in(desk, people, body_en="CANARY")) | {"send": "1"}
    Intake.objects.all().delete()
    without_intake = desk.post(WRITE, data)
    Registration.objects.update(telegram="(erased)")
    without_people = desk.post(WRITE, data)

    assert "set up its intake first" in read(without_intake)
    assert "they are erased meanwhile" in read(without_people)
    for page in (without_intake, without_people):
        assert "CANARY" in page.content.decode()
    assert not Letter.objects.exists()


def test_letter_can_be_changed_after_the_preview(desk, people):
    preview = fill_in(desk, people, body_en="One\nTwo “quoted” <b>")

    page = desk.post(WRITE, hidden(preview) | {"body_en": "One\nTwo “quoted” <b>", "change": "1"})

    assert "One\nTwo “quoted” &lt;b&gt;" in page.content.decode()
    assert "You chose 3 people." in read(page)


def test_people_of_two_editions_are_not_written_to_at_once(desk, people):
    other = make_edition()
    make_day(other)
    open_intake(other)

    text = read(ask(desk, "write", people[0], make_registration(other), address=f"{LIST}?edition=all"))

    assert "Choose people of one edition." in text


def test_letter_follows_the_filters_of_the_list(desk, people):
    page = desk.post(
        f"{LIST}?status__exact=cancelled",
        {"action": "write", "_selected_action": [people[0].pk], "select_across": "1"},
    )

    assert hidden(page)["keys"] == str(people[2].pk)


def test_who_is_erased_between_preview_and_send_gets_nothing(desk, people):
    data = hidden(fill_in(desk, people)) | {"send": "1"}
    transitions.erase(people[0])
    Registration.objects.filter(pk=people[2].pk).update(telegram="(erased)", email="")

    desk.post(WRITE, data)

    assert [message.registration for message in Message.objects.all()] == [people[1]]


@pytest.mark.parametrize("keys", ["", "x", "1,x", "999999", "9" * 30, "1;DROP TABLE", "១"])
def test_odd_keys_send_nothing(desk, people, keys):
    response = desk.post(WRITE, {"keys": keys, "kind": "letter", "send": "1"})

    assert response.status_code in (200, 302)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("group", ["Programme editors", "Inclusion officers", "Travel desk", "Observers"])
def test_who_may_not_write_finds_no_way_to(client, people, group):
    member = member_of(group, client)

    assert "Write to these people" not in read(member.get(LIST))
    assert member.post(WRITE, {"keys": str(people[0].pk), "send": "1"}).status_code == 403
    member.post(LIST, {"action": "write", "_selected_action": [people[0].pk]})
    assert not Letter.objects.exists()


def test_getting_the_page_writes_nothing(desk):
    assert desk.get(WRITE).status_code == 405


def test_letters_that_were_sent_lead_to_their_messages(desk, people):
    fill_in(desk, people, button="send")
    letter = Letter.objects.get()

    assert "Rooms" in read(desk.get("/admin/registration/letter/"))
    page = desk.get(f"/admin/registration/letter/{letter.pk}/change/")

    (address,) = [link for link in links(page) if link and "letter__id__exact" in link]
    assert "3 messages" in read(desk.get(address))


@pytest.mark.parametrize("many", [10, 1000])
def test_writing_to_a_thousand_takes_a_bounded_number_of_statements(edition, many, django_assert_max_num_queries):
    Registration.objects.bulk_create(
        Registration(
            edition=edition, status="waiting", waiting_since="2024-01-01T00:00Z", language="en", name_latin="SAMPLE",
            email=f"sample{number}@example.org", sector="student", part="participant", province="12",
        )
        for number in range(many)
    )  # fmt: skip
    keys = list(Registration.objects.values_list("pk", flat=True))

    with django_assert_max_num_queries(30):
        letters.send(Letter(edition=edition, kind=MessageKind.LETTER, subject_en="S", body_en="B"), keys)

    assert Message.objects.filter(state=MessageState.QUEUED).count() == many
