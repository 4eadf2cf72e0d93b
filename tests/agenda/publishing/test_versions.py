"""Staff change the draft; the public sees what was published."""

import re
from datetime import date, time, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import JSONField
from django.utils import timezone, translation

from agenda.choices import AppearanceState, SessionState
from agenda.feeds import frab
from agenda.feeds.stamp import stamped
from agenda.models import Appearance, ProgrammeVersion, Room, Session, Speaker, Track
from agenda.programme import value
from agenda.publishing import versions
from agenda.publishing.chosen import programme_and_days
from conference.language.translated import Text
from conference.models import Organisation
from tests.factories import make_session
from tests.pages import forget_kept, read


def at(session, starts_at, ends_at):
    session.starts_at, session.ends_at = time(starts_at), time(ends_at)
    session.save()


def agenda_of(client, edition, *, language="en", under=""):
    return client.get(f"/{language}/{edition.year}/{under}agenda/")


def test_fresh_site_publishes_what_it_loads(client, db):
    call_command("load_edition", verbosity=0)
    call_command("load_edition", verbosity=0)

    assert ProgrammeVersion.objects.get().number == 1
    assert "Programme version 1," in read(client.get("/en/2024/agenda/"))


def test_site_without_versions_shows_the_tables(client, edition):
    text = read(client.get("/en/2024/agenda/"))

    assert "Policy Dialogue" in text
    assert "Programme version" not in text


def test_public_sees_a_change_only_after_publishing(client, coming, talk):
    Session.objects.update(title_en="Better talk")
    assert "Better talk" not in read(agenda_of(client, coming))

    versions.publish(coming, by=None)

    forget_kept()  # the page is kept for five seconds
    assert "Better talk" in read(agenda_of(client, coming))


@pytest.mark.parametrize("page", ["agenda/", "agenda/talk/", "speakers/"])
def test_public_pages_come_from_the_version(client, coming, talk, page):
    Appearance.objects.create(session=talk, label_en="A late guest")
    Session.objects.update(title_en="Better talk")

    text = read(client.get(f"/en/{coming.year}/{page}"))

    assert "Better talk" not in text
    assert "A late guest" not in text


def test_version_stands_on_the_page_in_both_languages(client, coming):
    ProgrammeVersion.objects.update(published_at="2030-03-25T09:40Z", number=7)

    assert "Programme version 7, March 25, 2030, 16:40" in read(agenda_of(client, coming))
    assert "កម្មវិធី កំណែទី៧ ថ្ងៃទី២៥ ខែមីនា ឆ្នាំ២០៣០ ១៦:៤០" in read(agenda_of(client, coming, language="km"))


def test_publishing_numbers_versions_and_keeps_note_and_name(coming, talk):
    at(talk, 10, 11)
    editor = get_user_model().objects.create_user("editor")

    version = versions.publish(coming, editor, Text("Sorry", "សូមអភ័យទោស"))

    assert (version.number, str(version.note), version.published_by) == (2, "Sorry", editor)


def test_nothing_is_published_where_nothing_changed(coming):
    with pytest.raises(versions.NotPublished):
        versions.publish(coming, by=None)


def test_what_staff_have_not_seen_is_not_published(coming, talk):
    at(talk, 10, 11)
    seen = versions.unpublished(coming).seen
    at(talk, 11, 12)

    with pytest.raises(versions.NotPublished):
        versions.publish(coming, by=None, seen=seen)


def test_two_who_publish_at_once_make_one_version(coming, talk, monkeypatch):
    at(talk, 10, 11)
    as_both_read_it = versions.unpublished(coming)
    versions.publish(coming, by=None)
    monkeypatch.setattr(versions, "unpublished", lambda edition: as_both_read_it)

    with pytest.raises(versions.NotPublished):
        versions.publish(coming, by=None)

    assert ProgrammeVersion.objects.count() == 2


def test_database_keeps_one_version_a_number(coming):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeVersion.objects.create(edition=coming, number=1, data={})


def test_published_programme_is_what_the_tables_were(coming, talk):
    Appearance.objects.create(session=talk, label_en="A guest", state=AppearanceState.CONFIRMED)
    versions.publish(coming, by=None)

    assert versions.published(coming) == value.from_tables(coming)


# --- moved and cancelled ---


def test_moved_session_shows_where_it_was(client, coming, talk):
    at(talk, 14, 15)
    versions.publish(coming, by=None)

    response = agenda_of(client, coming)

    assert re.search(r"moved It was: [^<]*9:00 – 10:00 ", read(response))
    assert '<s class="was" aria-hidden="true">9:00</s>' in response.content.decode()
    assert "14:00 to 15:00" in read(response)


def test_moved_session_says_so_in_khmer_and_on_its_own_page(client, coming, talk):
    at(talk, 14, 15)
    versions.publish(coming, by=None)

    text = read(client.get(f"/km/{coming.year}/agenda/talk/"))

    assert "បានប្តូរ ពីមុន៖ " in text
    assert "៩:០០ – ១០:០០" in text


def test_move_stays_visible_through_later_versions(coming, talk):
    at(talk, 14, 15)
    versions.publish(coming, by=None)
    Session.objects.update(title_en="Better talk")
    versions.publish(coming, by=None)

    assert versions.shown(coming).moves[str(talk.uuid)].starts_at == time(9)


def test_session_moved_twice_shows_where_it_was_last(coming, talk):
    for hour in (14, 16):
        at(talk, hour, hour + 1)
        versions.publish(coming, by=None)

    assert versions.shown(coming).moves[str(talk.uuid)].starts_at == time(14)


def test_moves_are_forgotten_when_the_edition_has_ended(coming, talk):
    at(talk, 14, 15)
    versions.publish(coming, by=None)
    yesterday = timezone.localdate() - timedelta(days=1)
    ProgrammeVersion.objects.update(published_at=timezone.now() - timedelta(days=9))

    coming.starts_on = coming.ends_on = yesterday

    assert versions.shown(coming).moves == {}


def test_past_edition_published_to_try_the_site_shows_its_moves(edition):
    versions.publish(edition, by=None)
    at(Session.objects.get(code="d1-17"), 20, 21)
    versions.publish(edition, by=None)

    assert edition.ends_on < date.today()
    assert len(versions.shown(edition).moves) == 1


def test_cancelled_session_stays_on_the_published_page(client, coming, talk):
    Session.objects.update(state=SessionState.CANCELLED)
    versions.publish(coming, by=None)

    response = agenda_of(client, coming)

    assert "cancelled Presentation 1 h Talk" in read(response)  # the state stands first
    assert "is-cancelled" in response.content.decode()


@pytest.fixture
def room(coming, talk):
    room = Room.objects.create(edition=coming, name_en="Rom A")
    track = Track.objects.create(edition=coming, name_en="Plenary")
    make_session(talk.day, title_en="Beside", track=track)
    Session.objects.filter(pk=talk.pk).update(room=room)
    versions.publish(coming, by=None)
    return room


def guids(coming):
    programme, stamp = stamped(coming, "https://conference.example.org")
    return {one["guid"] for one in frab.schedule(programme, coming, stamp)["schedule"]["conference"]["rooms"]}


def test_corrected_name_of_a_room_is_no_move_and_leaves_its_guid(client, coming, talk, room):
    before = guids(coming)
    room.name_en, room.name_km = "Room A", "បន្ទប់ ក"
    room.save()
    Track.objects.update(name_en="Main hall")
    told = [line.what for line in versions.unpublished(coming).lines]
    versions.publish(coming, by=None)

    assert told == ["room", "details"]
    assert versions.shown(coming).moves == {}
    assert "It was" not in read(agenda_of(client, coming))
    assert guids(coming) == before


def test_another_room_is_a_move(coming, talk, room):
    Session.objects.filter(pk=talk.pk).update(room=Room.objects.create(edition=coming, name_en="Room B"))
    versions.publish(coming, by=None)

    assert [str(spot.room) for spot in versions.shown(coming).moves.values()] == ["Rom A"]


def test_guids_of_rooms_are_the_same_in_both_languages(coming, room):
    before = guids(coming)

    with translation.override("km"):
        assert guids(coming) == before


def test_order_of_tracks_is_published_as_one_line(coming, room):
    Track.objects.update(position=7)

    assert [line.what for line in versions.unpublished(coming).lines] == ["order"]


# --- people whom staff take out ---


def test_deleted_speaker_is_in_no_version_any_more(staff_client, client, coming, talk):
    speaker = Speaker.objects.create(name_en="SAMPLE Person")
    appearance = Appearance.objects.create(session=talk, speaker=speaker)
    versions.publish(coming, by=None)
    appearance.delete()

    staff_client.post(f"/admin/agenda/speaker/{speaker.pk}/delete/", {"post": "yes"})

    assert not Speaker.objects.exists()
    assert "SAMPLE" not in str(list(ProgrammeVersion.objects.values_list("data", flat=True)))
    assert "(name removed)" in read(client.get(f"/en/{coming.year}/speakers/"))


def test_speakers_page_bears_a_person_whose_row_is_gone(client, coming, talk):
    speaker = Speaker.objects.create(name_en="SAMPLE Person")
    Appearance.objects.create(session=talk, speaker=speaker)
    versions.publish(coming, by=None)
    Appearance.objects.all().delete()
    speaker.delete()

    assert "SAMPLE Person" in read(client.get(f"/en/{coming.year}/speakers/"))


# --- figures ---


def make_sessions(day, number):
    Session.objects.bulk_create(
        Session(day=day, title_en=f"Session {one}", starts_at=time(9), ends_at=time(10)) for one in range(number)
    )


@pytest.mark.parametrize("sessions", [5, 800])
def test_published_programme_takes_one_query(coming, talk, django_assert_num_queries, sessions):
    make_sessions(talk.day, sessions)
    versions.publish(coming, by=None)

    with django_assert_num_queries(1):
        assert len(versions.shown(coming).programme.places) == sessions + 1


def test_page_does_not_open_a_programme_that_was_opened_already(coming, talk, monkeypatch):
    """With 800 sessions that would take most of the time of every page."""
    before = versions.shown(coming).programme
    opened = []
    from_database = JSONField.from_db_value
    monkeypatch.setattr(
        JSONField, "from_db_value", lambda self, *given: opened.append(self.name) or from_database(self, *given)
    )

    assert versions.shown(coming).programme is before
    assert programme_and_days(coming)[0] is before
    assert "data" not in opened


@pytest.mark.parametrize("sessions", [5, 800])
def test_agenda_takes_as_many_queries_for_many_sessions(client, coming, talk, django_assert_num_queries, sessions):
    make_sessions(talk.day, sessions)
    versions.publish(coming, by=None)

    with django_assert_num_queries(4):  # the edition, its version and its intake, and whether there is an archive
        agenda_of(client, coming)


@pytest.mark.parametrize("sessions", [5, 800])
def test_publishing_takes_as_many_queries_for_many_sessions(coming, talk, django_assert_num_queries, sessions):
    make_sessions(talk.day, sessions)

    with django_assert_num_queries(8):  # version, four for the draft, savepoint and its end, one to write
        versions.publish(coming, by=None)


# --- versions that another state of the site has written ---


def objects(data):
    if isinstance(data, dict):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for one in data:
            yield from objects(one)


def without(key):
    return lambda one: one.pop(key, None)


@pytest.mark.parametrize(
    "change", [without("format"), without("interpretation"), without("room"), lambda one: one.update(mood="good")]
)
def test_pages_bear_a_version_with_a_key_less_or_more(client, edition, change):
    version = versions.publish(edition, by=None)
    for one in list(objects(version.data)):
        change(one)
    version.save()

    pages = ["agenda/", "agenda/changes/", "register/", "speakers/", "agenda.ics"]
    assert [client.get(f"/en/2024/{page}").status_code for page in pages] == [200] * 5


@pytest.mark.parametrize(
    "change", [without("date"), without("room"), without("starts_at"), lambda one: one.update(mood="good")]
)
def test_agenda_bears_a_move_with_a_key_less_or_more(client, coming, talk, change):
    at(talk, 14, 15)
    version = versions.publish(coming, by=None)
    change(version.moves[str(talk.uuid)])
    version.save()

    assert agenda_of(client, coming).status_code == 200


def test_version_from_before_people_were_kept_gets_them(coming, talk):
    organisation = Organisation.objects.create(slug="sample", name_en="Sample organisation")
    speaker = Speaker.objects.create(name_en="SAMPLE Person", about_km="គំរូ", organisation=organisation)
    Appearance.objects.create(session=talk, speaker=speaker, organisation=organisation)
    version = versions.publish(coming, by=None)
    kept = dict(version.data)
    del version.data["people"], version.data["organisations"]
    version.save()

    import_module("agenda.migrations.0005_people_in_versions").describe(apps, None)

    version.refresh_from_db()
    assert version.data == kept
