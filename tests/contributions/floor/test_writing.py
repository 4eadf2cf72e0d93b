"""Anybody writes without an account; nothing is lost, floods of one browser are slowed, and links open their own."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agenda.models import Session
from agenda.publishing.versions import publish_first
from contributions.floor import taking
from contributions.floor.drafts import keep_draft
from contributions.floor.given import FLOORS, forget_writer
from contributions.floor.links import voice_address
from contributions.models import Like, Moderation, Sender, Statement, Takes, Voice, VoiceState
from registration.duplicates.merging import merge
from registration.models import Registration
from tests.contributions.voices import address_of, make_floor, make_voice, typed
from tests.factories import make_day, make_edition, make_registration, make_session
from tests.pages import links, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor(edition):
    return make_floor(edition)


def test_input_waits_until_staff_have_looked(client, floor):
    answer = client.post(address_of(floor), typed("Open the budget", name="Sample Person", contact="012 345 678"))

    row = Voice.objects.get()
    assert (row.text, row.state) == ("Open the budget", VoiceState.WAITING)
    assert (row.sender.name, row.sender.contact) == ("Sample Person", "012 345 678")
    assert answer.url.startswith(voice_address(row))
    assert "Open the budget" not in read(client.get(address_of(floor)))


def test_input_is_shown_at_once_where_staff_look_afterwards(client, edition):
    floor = make_floor(edition, moderation=Moderation.AFTER)

    client.post(address_of(floor), typed("Open the budget", name="Sample Person"))

    page = read(client.get(address_of(floor)))
    assert "Open the budget" in page
    assert "Sample Person" not in page


def test_input_without_name_and_contact_has_no_writer(client, floor):
    client.post(address_of(floor), typed())

    assert Voice.objects.count() == 1
    assert not Sender.objects.exists()


def test_form_sent_twice_counts_once(client, floor):
    data = typed()

    first, second = client.post(address_of(floor), data), client.post(address_of(floor), data)

    assert first.url == second.url
    assert Voice.objects.count() == 1


def test_nothing_written_is_said_and_the_rest_is_kept(client, floor):
    page = client.post(address_of(floor), typed(" ", name="Sample Person"))

    assert "Write what you want to say." in read(page)
    assert page.context["form"]["name"].value() == "Sample Person"


def test_closed_floor_keeps_what_was_typed_on_the_page(client, floor):
    floor.is_open = False
    floor.save()

    page = client.post(address_of(floor), typed("Written too late"))

    assert "It was closed while you wrote" in read(page)
    assert "Written too late" in read(page)
    assert not Voice.objects.exists()


def test_page_without_cookie_keeps_what_was_typed(floor):
    page = Client(enforce_csrf_checks=True).post(address_of(floor), typed("Typed for long"))

    assert page.status_code == 403
    assert "Typed for long" in read(page)


def test_floor_that_is_not_public_is_not_there(client, edition):
    assert client.get(address_of(make_floor(edition, is_public=False))).status_code == 404


def test_floor_of_a_session_waits_until_the_session_is_published(client):
    edition = make_edition()
    day = make_day(edition)
    make_session(day, title_en="Known session")
    publish_first(edition)
    session = make_session(day, title_en="Secret session", starts_at="11:00", ends_at="12:00")
    floor = make_floor(edition, session=session, takes=Takes.QUESTIONS, title_en="", title_km="")

    assert client.get(address_of(floor)).status_code == 404
    assert "Secret" not in read(client.get("/en/2030/voices/"))


def test_floor_stays_with_its_session_whatever_id_it_gets_in_the_draft(client):
    edition = make_edition()
    session = make_session(make_day(edition), title_en="Known session")
    publish_first(edition)
    floor = make_floor(edition, session=session, takes=Takes.QUESTIONS, title_en="", title_km="")
    Session.objects.filter(pk=session.pk).update(code="another-id")

    page = client.get(address_of(floor))
    assert f"/en/2030/agenda/{session.code}/" in links(page)
    assert "Known session" in read(client.get("/en/2030/voices/"))
    assert address_of(floor) in links(client.get(f"/en/2030/agenda/{session.code}/"))


def test_session_of_a_floor_is_of_its_year(edition, floor):
    floor.session = make_session(make_day(make_edition(year=edition.year + 1)))

    with pytest.raises(ValidationError, match="another year"), translation.override("en"):
        floor.full_clean()


def test_own_link_opens_one_input_and_no_other(client, floor):
    mine, theirs = make_voice(floor, "Mine"), make_voice(floor, "Theirs")
    right = voice_address(mine)

    assert "Mine" in read(client.get(right))
    assert client.get(right.replace(mine.code, theirs.code)).status_code == 404
    assert client.get(right[:-2] + "/").status_code == 404


def test_input_is_taken_back_with_its_writer_and_its_words(client, floor, edition):
    row = make_voice(floor, "I said too much")
    Sender.objects.create(voice=row, contact="a@example.org", language="en")
    statement = Statement.objects.create(edition=edition, number=1, text_en="x")
    statement.voices.add(row)

    asked = client.post(voice_address(row), {"withdraw": "1"})
    row.refresh_from_db()
    assert "This cannot be undone" in read(asked)
    assert row.text == "I said too much"

    client.post(voice_address(row), {"withdraw": "1", "sure": "1"})
    row.refresh_from_db()
    assert (row.text, row.state) == ("", VoiceState.WITHDRAWN)
    assert not Sender.objects.exists()
    assert not statement.voices.exists()


def test_input_that_is_taken_back_leaves_no_words_in_the_admin_log(client, staff_client, floor):
    row = make_voice(floor, "I named my neighbour")
    hidden = {"piece": "", "state": "hidden", "handled": ""}
    staff_client.post(f"/admin/contributions/voice/{row.pk}/change/", hidden)
    assert LogEntry.objects.get().object_repr == "I named my neighbour"

    client.post(voice_address(row), {"withdraw": "1", "sure": "1"})

    assert LogEntry.objects.get().object_repr == row.code


def test_hall_with_one_address_loses_nothing(floor):
    """Three hundred browsers behind one address in a few seconds, which is worse than in ten minutes."""
    address = address_of(floor)
    for _number in range(300):
        browser = Client()
        answer = browser.post(address, typed())
        assert answer.status_code == 302

    assert Voice.objects.count() == 300


def test_flood_of_one_browser_is_slowed_and_loses_nothing(floor):
    browser = Client()
    browser.get(address_of(floor))
    answers = [browser.post(address_of(floor), typed(f"Number {number}")) for number in range(8)]

    assert [one.status_code for one in answers] == [302] * 6 + [429] * 2
    assert "Number 7" in read(answers[-1])
    assert Client().post(address_of(floor), typed()).status_code == 302  # the others in the hall write on


def test_like_counts_once_for_a_browser_and_tells_no_browser(floor):
    one, other = make_voice(floor, "One"), make_voice(floor, "Other")
    browser = Client()
    browser.get(address_of(floor))
    for row in (one, one, other):
        browser.post(f"{address_of(floor)}like/{row.code}/")
    Client().post(f"{address_of(floor)}like/{one.code}/")

    one.refresh_from_db()
    assert one.likes == 2
    marks = set(Like.objects.values_list("mark", flat=True))
    assert len(marks) == 3  # of one browser for two inputs, too: nothing ties them together
    assert browser.cookies["csrf"].value not in marks


def test_closing_forgets_by_what_likes_were_counted(floor):
    row = make_voice(floor, likes=1)
    Like.objects.create(voice=row, mark="x")

    taking.forget_marks(floor)

    row.refresh_from_db()
    assert row.likes == 1
    assert not Like.objects.exists()


def test_piece_of_the_draft_takes_its_own_inputs(client, floor):
    keep_draft(floor, "Article 1 Purpose\nOpen.\nArticle 2 Fees\nNone.", "មាត្រា ១ គោលបំណង\nបើក។\nមាត្រា ២ ថ្លៃ\nគ្មាន។")
    client.post(f"{address_of(floor)}?about=2", typed("Say free of charge", about="2"))

    row = Voice.objects.get()
    taking.show([row])
    assert row.piece.number == "2"
    assert "Say free of charge" in read(client.get(f"{address_of(floor)}?about=2"))
    assert "Say free of charge" not in read(client.get(f"{address_of(floor)}?about=1"))


def test_new_draft_keeps_inputs_with_their_number(floor):
    keep_draft(floor, "Article 1 Purpose\nArticle 2 Fees", "")
    make_voice(floor, piece=floor.pieces.get(number="2"))

    keep_draft(floor, "Article 1 Aim\nArticle 3 Licences", "")

    assert list(floor.pieces.filter(is_gone=False).values_list("number", flat=True)) == ["1", "3"]
    assert floor.pieces.get(number="1").heading_en == "Article 1 Aim"
    assert floor.pieces.get(number="2").is_gone


def test_page_takes_as_many_queries_for_thousands(client, floor, django_assert_num_queries):
    make_voice(floor)
    with CaptureQueriesContext(connection) as few:
        client.get(address_of(floor))
    Voice.objects.bulk_create(
        [Voice(floor=floor, text=f"Input {number}", state=VoiceState.SHOWN) for number in range(1000)]
    )

    with django_assert_num_queries(len(few)):
        page = client.get(address_of(floor))

    assert page.context["page"].paginator.count == 1001


def test_second_date_forgets_writers_and_words_that_were_never_shown(edition, floor):
    shown, unseen = make_voice(floor, "Shown"), make_voice(floor, "Names people", state=VoiceState.HIDDEN)
    Sender.objects.create(voice=shown, name="Sample Person", language="en")
    Like.objects.create(voice=shown, mark="x")

    for one in FLOORS.erased:
        one.erase(one.rows(edition.pk))

    assert not Sender.objects.exists()
    assert not Like.objects.exists()
    assert {row.pk: row.text for row in Voice.objects.all()} == {shown.pk: "Shown", unseen.pk: ""}
    assert not any(one.rows(edition.pk).exists() for one in FLOORS.erased)


def test_participant_who_is_erased_is_forgotten_as_a_writer(edition, floor):
    registration = make_registration(edition)
    row = make_voice(floor)
    Sender.objects.create(voice=row, contact="012 000 001", language="en")
    other = Sender.objects.create(voice=make_voice(floor), contact="012 000 002", language="en")

    forget_writer(Registration.objects.get(pk=registration.pk))

    assert list(Sender.objects.all()) == [other]
    assert Voice.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    "typed_as", ["០១២-០០០-០០១", "+855 (0)12 000 001", "https://t.me/Sample_Name", "Sample@Example.org"]
)
def test_writer_is_forgotten_however_the_contact_was_typed(edition, floor, typed_as):
    columns = {"phone": "+85512000001", "telegram": "sample_name", "email": "sample@example.org"}
    Sender.objects.create(voice=make_voice(floor), contact=typed_as, language="km")

    forget_writer(Registration(edition=edition, **columns))

    assert not Sender.objects.exists()


def test_writer_is_forgotten_whose_contact_was_of_a_registration_that_was_merged(edition, floor, admin_user):
    kept, other = (make_registration(edition, phone=f"+8551200099{last}") for last in (1, 2))
    Sender.objects.create(voice=make_voice(floor), contact="012 000 992", language="km")

    merge(kept, other, by=admin_user)
    forget_writer(Registration.objects.get())

    assert not Sender.objects.exists()


def test_contact_that_no_key_opens_hinders_no_other_from_being_forgotten(edition, floor):
    mine, lost = (
        Sender.objects.create(voice=make_voice(floor), contact="012 000 001", language="km") for _one in range(2)
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contributions_sender SET contact = 'lost' WHERE id = %s", [lost.pk])

    forget_writer(Registration(edition=edition, phone="+85512000001"))

    assert list(Sender.objects.values_list("pk", flat=True)) == [lost.pk]
    assert mine.pk != lost.pk


@pytest.mark.parametrize("language", ["en", "km"])
def test_pages_speak_the_language_of_the_address(client, floor, language):
    with translation.override(language):
        word = translation.gettext("What others wrote")
    page = read(client.get(address_of(floor, language)))

    assert word in page.replace("\u2060", "")
