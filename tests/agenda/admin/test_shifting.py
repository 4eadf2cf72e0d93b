"""Moving the rest of a day, as staff do it on the day."""

import re
from datetime import time

import pytest
from django.test import Client

from agenda.models import ProgrammeVersion, Session, Shift
from agenda.publishing import versions
from tests.factories import make_day, make_edition, make_session
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import member_of


@pytest.fixture
def day(db):
    day = make_day(make_edition())
    make_session(day, title_en="Talk", starts_at="9:00", ends_at="10:00")
    make_session(day, title_en="Panel", starts_at="10:00", ends_at="11:00")
    make_session(day, title_en="Lunch", starts_at="12:00", ends_at="13:00")
    return day


@pytest.fixture
def editor(client, db):
    return member_of("Programme editors", client)


def page_of(day):
    return f"/admin/agenda/day/{day.pk}/shift/"


def asked(title, minutes, **also):
    return {"start": Session.objects.get(title_en=title).pk, "minutes": minutes, "track": "", **also}


def apply(client, day, data):
    seen = re.search(r'name="seen" value="(\w+)"', client.get(page_of(day), data).content.decode())
    return client.post(page_of(day), {**data, "seen": seen.group(1)}, follow=True)


def times():
    return {row.title_en: (row.starts_at, row.ends_at) for row in Session.objects.all()}


def test_day_leads_to_the_page(editor, day):
    assert page_of(day) in links(editor.get(f"/admin/agenda/day/{day.pk}/change/"))


@pytest.mark.parametrize("minutes", ["15", "១៥", " 15 "])
def test_looking_shows_the_new_times_and_changes_nothing(editor, day, minutes):
    before = times()

    shown = read(editor.get(page_of(day), asked("Panel", minutes))).partition("The new times")[2].replace(" ", "")

    assert "Panel10:00–11:0010:15–11:15" in shown
    assert "Talk9:00" not in shown
    assert times() == before


def test_applying_moves_the_rows_and_the_public_page_at_once(editor, day):
    response = apply(editor, day, asked("Panel", "15"))

    assert "Done: From 10:00 on: 15 minutes later." in read(response)
    assert times()["Talk"] == (time(9), time(10))
    assert times()["Panel"] == (time(10, 15), time(11, 15))
    assert re.search(r"12:15 to 13:15 [^:]* Lunch", read(editor.get("/en/2030/agenda/")))


def test_taking_back_gives_the_times_before(editor, day):
    before = times()
    apply(editor, day, asked("Panel", "15"))

    response = editor.post(f"{page_of(day)}{Shift.objects.get().pk}/undo/", follow=True)

    assert "Taken back: From 10:00 on: 15 minutes later." in read(response)
    assert times() == before


def test_taking_back_twice_takes_back_once(editor, day):
    before = times()
    apply(editor, day, asked("Panel", "15"))
    address = f"{page_of(day)}{Shift.objects.get().pk}/undo/"
    editor.post(address)

    assert "Nothing was taken back" in read(editor.post(address, follow=True))
    assert times() == before


def test_what_was_changed_since_is_not_taken_back_by_halves(editor, day):
    apply(editor, day, asked("Panel", "15"))
    Session.objects.filter(title_en="Lunch").update(starts_at=time(12, 20))
    before = times()

    response = editor.post(f"{page_of(day)}{Shift.objects.get().pk}/undo/", follow=True)

    assert "changed since" in read(response)
    assert times() == before


def test_pressing_twice_moves_once(editor, day):
    data = asked("Panel", "15")
    seen = re.search(r'name="seen" value="(\w+)"', editor.get(page_of(day), data).content.decode()).group(1)
    editor.post(page_of(day), {**data, "seen": seen})

    response = editor.post(page_of(day), {**data, "seen": seen}, follow=True)

    assert "Nothing was moved; look again." in read(response)
    assert times()["Panel"] == (time(10, 15), time(11, 15))


def test_earlier_over_the_row_before_is_refused_in_words(editor, day):
    response = editor.get(page_of(day), asked("Panel", "-15"))

    assert "“Talk” and “Panel” would be at the same time in one track" in read(response)
    assert b'name="seen"' not in response.content
    editor.post(page_of(day), asked("Panel", "-15"))
    assert times()["Panel"] == (time(10), time(11))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ("", "Write by how many minutes"),
        ("0", "Write by how many minutes"),
        ("ten", "Write by how many minutes"),
        ("9999999999", "Write by how many minutes"),
        ("-601", "Write by how many minutes"),
        ("600", "A row would then leave its day"),
    ],
)
def test_minutes_that_cannot_be_get_an_answer_and_lose_nothing(editor, day, minutes, words):
    if minutes == "600":
        make_session(day, title_en="Dinner", starts_at="18:00", ends_at="20:00")

    response = editor.get(page_of(day), asked("Panel", minutes))

    assert response.status_code == 400
    assert words in read(response)
    assert f'<option value="{Session.objects.get(title_en="Panel").pk}" selected' in response.content.decode()


@pytest.mark.parametrize("data", [{"start": "x", "minutes": "5"}, {"minutes": "5"}, {"start": "1", "minutes": "\x01"}])
def test_nonsense_is_answered_with_the_form(editor, day, data):
    assert editor.get(page_of(day), data).status_code == 400
    assert editor.post(page_of(day), data).status_code == 400


def test_one_track_moves_alone(editor, day):
    track = day.edition.tracks.create(name_en="Hackathon")
    make_session(day, title_en="Race", starts_at="10:00", ends_at="12:00", track=track)

    text = read(editor.get(page_of(day), asked("Race", "15", track=track.pk)))
    apply(editor, day, asked("Race", "15", track=track.pk))

    assert "“Lunch” and “Race” would then be at the same time." in text
    assert times()["Race"] == (time(10, 15), time(12, 15))
    assert times()["Panel"] == (time(10), time(11))
    assert "Hackathon: From 10:00 on: 15 minutes later" in read(editor.get(page_of(day)))


def test_question_time_moves_with_its_session(editor, day):
    panel = Session.objects.get(title_en="Panel")
    make_session(day, parent=panel, title_en="Q&A", starts_at="11:00", ends_at="11:10")

    apply(editor, day, asked("Panel", "5"))

    assert times()["Q&A"] == (time(11, 5), time(11, 15))


def test_page_takes_as_many_queries_for_more_rows(editor, day, django_assert_max_num_queries):
    for number in range(30):
        make_session(day, title_en=f"Sample {number}", starts_at="14:00", ends_at="14:30")
    with django_assert_max_num_queries(12):
        editor.get(page_of(day), asked("Panel", "15"))


@pytest.mark.parametrize("group", ["Registration desk", "Observers"])
def test_page_is_closed_to_who_may_not_change_the_programme(client, day, group):
    member = member_of(group, client)

    assert member.get(page_of(day)).status_code == 403
    assert member.post(page_of(day), asked("Panel", "15")).status_code == 403


def test_page_is_in_khmer_when_asked(editor, day):
    editor.post("/language/setlang/", {"language": "km"})

    assert "យឺតជាង១៥នាទី" in read(apply(editor, day, asked("Panel", "15")))


def test_shift_is_published_at_once_and_nothing_else_of_the_draft_is(editor, day):
    edition = day.edition
    versions.publish(edition, by=None)
    Session.objects.filter(title_en="Lunch").update(title_en="Long lunch")

    apply(editor, day, asked("Panel", "15"))

    public = read(Client().get("/en/2030/agenda/"))
    assert "12:15 to 13:15" in public
    assert "Long lunch" not in public
    changes = read(Client().get("/en/2030/agenda/changes/"))
    assert "From 10:00 on: 15 minutes later" in changes
    assert [one.title.en for line in versions.published(edition).days for one in line.sessions][-1] == "Lunch"


def test_shift_that_is_taken_back_gives_the_public_the_first_programme_back(editor, day):
    first = versions.publish(day.edition, by=None).data
    apply(editor, day, asked("Panel", "15"))

    editor.post(f"{page_of(day)}{Shift.objects.get().pk}/undo/")

    assert [version.data for version in ProgrammeVersion.objects.order_by("number")][::2] == [first, first]
