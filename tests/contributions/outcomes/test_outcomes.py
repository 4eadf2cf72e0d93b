"""Inputs become statements, statements a report; a published report stays, and names no person."""

import csv
import io
import json

import docx
import pypdfium2
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from contributions.floor import taking
from contributions.floor.links import voice_address
from contributions.models import Became, Note, OutcomeVersion, Piece, Sender, Statement, Told, VoiceState
from contributions.outcomes import gathering, publishing, telling
from contributions.outcomes.value import from_json, gathered, to_json
from registration.models import AccessLog
from tests.contributions.voices import make_floor, make_voice, note_taker_of
from tests.factories import make_edition
from tests.pages import read

pytestmark = pytest.mark.django_db

PAGE, TELL = "/admin/contributions/statement/outcomes/", "/admin/contributions/statement/tell/"
GATHER = "/admin/contributions/statement/gather/"


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def floor(edition):
    return make_floor(edition)


def staff(client, *rights):
    user = get_user_model().objects.create_user("member", password="a long password", is_staff=True)
    for right in rights:
        user.user_permissions.add(Permission.objects.get(content_type__app_label="contributions", codename=right))
    client.force_login(user)
    return user


def make_statement(floor, *texts, text="Open the budget", km="បើកថវិកា"):
    return gathering.new_statement([make_voice(floor, one) for one in texts], [], text, km)


def publish(edition, user=None):
    return publishing.publish(edition, user, publishing.waiting(edition).mark)


def test_statement_counts_what_was_merged_and_not_what_was_hidden(floor, edition):
    first, same = make_voice(floor, likes=1), make_voice(floor)
    hidden = make_voice(floor, state=VoiceState.HIDDEN)
    taking.merge([first, same])

    statement = gathering.new_statement([first, hidden], [], "Open", "")

    assert set(statement.voices.all()) == {first, same}


def test_statement_loses_an_input_that_is_hidden_later(floor):
    statement = make_statement(floor, "One", "Two")

    taking.hide([statement.voices.first()])

    assert statement.voices.count() == 1


@pytest.mark.parametrize(("number", "words"), [(0, "fewer than 5"), (4, "fewer than 5"), (5, "5–9"), (12, "10–14")])
def test_inputs_are_told_as_a_range(floor, edition, number, words):
    statement = Statement.objects.create(edition=edition, number=1, text_en="Open the budget")
    statement.voices.add(*[make_voice(floor) for _time in range(number)])

    assert gathered(edition).statements[0].inputs.words == words


def test_value_is_read_back_as_it_was_stored(floor, edition):
    make_statement(floor, "One")
    now = gathered(edition)

    assert from_json(json.loads(json.dumps(to_json(now)))) == now


def test_gathering_takes_as_many_queries_for_thousands(floor, edition, django_assert_num_queries):
    make_statement(floor, "One")
    with CaptureQueriesContext(connection) as few:
        gathered(edition)
    make_statement(floor, *["Say it"] * 200)

    with django_assert_num_queries(len(few)):
        gathered(edition)


def test_published_report_stays_while_staff_write_on(client, floor, edition):
    statement = make_statement(floor, "One")
    publish(edition)
    Statement.objects.filter(pk=statement.pk).update(text_en="Not yet public")

    assert "Open the budget" in read(client.get("/en/2030/outcomes/"))
    assert "Not yet public" not in read(client.get("/en/2030/outcomes/"))


def test_next_version_says_what_has_changed(client, floor, edition):
    statement = make_statement(floor, "One")
    publish(edition)
    statement.became, statement.answer_en = Became.PARTLY, "From next year on"
    statement.save()
    make_statement(floor, "Two", text="Name a licence")
    publish(edition)

    page = read(client.get("/en/2030/outcomes/"))
    assert "Statement 1: taken up in part; an answer of the ministry" in page
    assert "Statement 2: new" in page
    assert "From next year on" in page
    old = read(client.get("/en/2030/outcomes/1/"))
    assert "older version" in old
    assert "From next year on" not in old


def test_nothing_is_published_that_was_not_seen(floor, edition):
    make_statement(floor, "One")
    seen = publishing.waiting(edition).mark
    make_statement(floor, "Two", text="Written since")

    with pytest.raises(publishing.NotPublished):
        publishing.publish(edition, None, seen)
    assert not OutcomeVersion.objects.exists()


def test_nothing_is_there_before_the_first_report(client, edition):
    assert client.get("/en/2030/outcomes/").status_code == 404
    assert client.get("/en/2030/outcomes.json").status_code == 404


@pytest.mark.parametrize("ending", ["json", "csv", "docx", "pdf"])
def test_files_hold_the_statement_and_no_person(client, floor, edition, ending):
    row = make_voice(floor, "My own words")
    Sender.objects.create(voice=row, name="Sample Person", contact="sample@example.org", language="en")
    gathering.new_statement([row], [], "Open the budget", "បើកថវិកា")
    publish(edition)

    file = client.get(f"/km/2030/outcomes.{ending}").content

    said = said_in(file, ending)
    assert "បើកថវិកា" in said
    for secret in ("Sample Person", "sample@example.org", "My own words", row.code):
        assert secret not in said


def said_in(file, ending):
    if ending == "docx":
        return "\n".join(one.text for one in docx.Document(io.BytesIO(file)).paragraphs)
    if ending == "pdf":
        with pypdfium2.PdfDocument(file) as pdf:
            return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    return file.decode()


def test_open_data_tells_ranges_and_both_languages(client, floor, edition):
    make_statement(floor, *["Say it"] * 7, text="=1+1")
    publish(edition)

    found = json.loads(client.get("/en/2030/outcomes.json").content)
    row = next(csv.DictReader(io.StringIO(client.get("/en/2030/outcomes.csv").content.decode("utf-8-sig"))))

    assert found["licence"]["name"] == "CC BY 4.0"
    assert found["statements"][0]["inputs"] == {"from": 5, "to": 9}
    assert found["statements"][0]["text"] == {"en": "=1+1", "km": "បើកថវិកា"}
    assert row["text_en"] == "'=1+1"  # no program for tables takes it for a formula


def test_writer_reads_on_the_own_page_what_came_of_it(client, floor, edition):
    statement = make_statement(floor, "One")
    Statement.objects.update(became=Became.TAKEN_UP)
    publish(edition)

    page = read(client.get(voice_address(statement.voices.get())))

    assert "Open the budget" in page
    assert "taken up" in page


def test_staff_gather_what_they_ticked(client, floor, edition):
    staff(client, "view_statement", "change_statement", "view_voice", "change_voice")
    rows = [make_voice(floor, f"Number {number}") for number in range(3)]
    ticked = {"action": "gather", "_selected_action": [row.pk for row in rows]}

    asked = client.post("/admin/contributions/voice/?edition=2030", ticked)
    client.post(GATHER, {"voice": f"{','.join(str(row.pk) for row in rows)},", "text_en": "Together", "text_km": ""})

    assert "Number 2" in read(asked)
    assert asked.text.count('name="voice"') == 1  # Django takes no form of thousands of fields
    made = Statement.objects.get()
    assert (made.number, made.text_en, made.floor, made.voices.count()) == (1, "Together", floor, 3)


def test_nothing_written_gathers_nothing_and_keeps_what_was_ticked(client, floor):
    staff(client, "view_statement", "change_statement")
    row = make_voice(floor, "Ticked")

    page = client.post(GATHER, {"voice": [row.pk]})

    assert page.status_code == 400
    assert "Ticked" in read(page)
    assert not Statement.objects.exists()


def test_note_of_a_group_goes_into_a_statement(floor, edition, client):
    client.post(note_taker_of(floor), {"proposals": "A licence", "seen": 0})

    statement = gathering.new_statement([], [Note.objects.get()], "Name a licence", "")

    assert gathered(edition).statements[0].notes == 1
    assert statement.floor == floor


def test_who_wrote_it_is_for_those_who_may_and_each_look_is_logged(client, floor):
    row = make_voice(floor, "My words")
    Sender.objects.create(voice=row, name="Sample Person", contact="012 345 678", language="en")
    address = f"/admin/contributions/voice/{row.pk}/change/"
    user = staff(client, "view_voice", "change_voice")

    assert "Sample Person" not in read(client.get(address))
    assert not AccessLog.objects.exists()

    user.user_permissions.add(Permission.objects.get(codename="view_sender"))
    assert "Sample Person" in read(client.get(address))
    assert AccessLog.objects.get().columns == "name, contact"


@pytest.mark.parametrize("table", ["voice", "statement"])
def test_address_of_no_row_leads_back_to_the_list(staff_client, table):
    assert staff_client.get(f"/admin/contributions/{table}/nonsense/change/").status_code == 302


def test_look_that_is_refused_is_no_look_at_a_writer(client, floor):
    sender = Sender.objects.create(voice=make_voice(floor), contact="012 345 678", language="km")
    staff(client, "view_sender")

    assert client.get(f"/admin/contributions/voice/{sender.voice_id}/change/").status_code == 403
    assert not AccessLog.objects.exists()


def test_piece_that_the_draft_has_no_more_stays_when_staff_save(staff_client, floor):
    piece = Piece.objects.create(floor=floor, number="1", position=0, heading_en="Gone", is_gone=True)
    row, address = make_voice(floor, piece=piece), "/admin/contributions/voice/{}/change/"
    statement = make_statement(floor, "One")
    Statement.objects.update(piece=piece)

    assert f'value="{piece.pk}" selected' in staff_client.get(address.format(row.pk)).text
    assert "Gone" in staff_client.get(f"/admin/contributions/statement/{statement.pk}/change/").text
    staff_client.post(address.format(row.pk), {"piece": piece.pk, "state": "shown", "handled": "answered"})

    row.refresh_from_db()
    assert (row.piece, row.handled) == (piece, "answered")


def test_writers_are_told_in_their_language_once(client, floor, edition):
    row = make_voice(floor, "My words")
    sender = Sender.objects.create(voice=row, name="Sample Person", contact="012 345 678", language="km")
    gathering.new_statement([row], [], "Open the budget", "បើកថវិកា")
    staff(client, "view_sender")
    assert not telling.still_to_tell(edition)  # nothing is published yet
    publish(edition)

    page = client.get(f"{TELL}?edition=2030")
    assert "012 345 678" in read(page)
    assert "បើកថវិកា" in page.text
    assert AccessLog.objects.count() == 1

    client.post(f"{TELL}?edition=2030", {"told": [sender.pk]})
    assert not telling.still_to_tell(edition)


def test_writers_with_an_address_are_told_by_e_mail(client, floor, edition, settings, mailoutbox):
    settings.SENDS_EMAIL = True
    rows = [make_voice(floor, text) for text in ("One", "Two")]
    for row, contact in zip(rows, ("sample@example.org", "012 345 678"), strict=True):
        Sender.objects.create(voice=row, contact=contact, language="km")
    gathering.new_statement(rows, [], "Open the budget", "បើកថវិកា")
    publish(edition)
    staff(client, "view_sender")

    client.post(f"{TELL}?edition=2030", {"send": "1"})
    telling.tend()
    telling.tend()

    assert [one.to for one in mailoutbox] == [["sample@example.org"]]
    assert "បើកថវិកា" in mailoutbox[0].body
    assert [sender.contact for sender in telling.still_to_tell(edition)] == ["012 345 678"]


def test_who_is_ticked_as_told_gets_no_e_mail_as_well(client, floor, edition, settings):
    settings.SENDS_EMAIL = True
    rows = [make_voice(floor, text) for text in ("One", "Two")]
    first, _second = [Sender.objects.create(voice=row, contact="a@example.org", language="en") for row in rows]
    gathering.new_statement(rows, [], "Open the budget", "បើកថវិកា")
    publish(edition)
    staff(client, "view_sender")

    client.post(f"{TELL}?edition=2030", {"send": "1", "told": [first.pk]})

    assert Told.objects.count() == 1
    assert not telling.still_to_tell(edition)


@pytest.mark.parametrize("address", [PAGE, TELL, GATHER])
def test_staff_without_the_right_are_refused(client, edition, address):
    staff(client)

    assert client.post(f"{address}?edition=2030" if address != GATHER else address).status_code == 403


def test_staff_publish_what_they_see(client, floor, edition):
    staff(client, "view_statement", "publish_outcomes")
    make_statement(floor, "One")
    mark = client.get(f"{PAGE}?edition=2030").context["waiting"].mark

    client.post(f"{PAGE}?edition=2030", {"publish": mark})

    assert OutcomeVersion.objects.get().number == 1
    draft = client.get("/admin/contributions/statement/outcomes/draft-km.docx?edition=2030")
    with translation.override("km"):
        assert docx.Document(io.BytesIO(draft.content)).paragraphs[0].text == translation.gettext(
            "What came out of the conference"
        )
