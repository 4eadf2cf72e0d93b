"""Publish, change, restore: the tables are as they were."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from agenda.choices import AppearanceState, Kind, SessionState
from agenda.models import Appearance, Day, Room, Session, Speaker, Track
from agenda.programme import value
from agenda.publishing import versions
from agenda.publishing.restoring import restore
from conference.models import Organisation


@pytest.fixture
def first(edition):
    speaker = Speaker.objects.create(
        name_en="SAMPLE Person", about_en="Sample", organisation=Organisation.objects.get(slug="odc")
    )
    Appearance.objects.create(session=Session.objects.get(code="d1-17"), speaker=speaker)
    return versions.publish(edition, by=None)


def rename(edition):
    Session.objects.update(title_en="Something else", label_km="", spoken_languages=["km"], open_call=True)


def move(edition):
    session = Session.objects.get(code="d1-14")
    session.day = edition.days.last()
    session.starts_at, session.ends_at = time(20), time(21)
    session.save()


def cancel(edition):
    Session.objects.update(state=SessionState.CANCELLED)


def hide(edition):
    Session.objects.filter(kind=Kind.PRESENTATION).update(state=SessionState.DRAFT)


def add(edition):
    session = Session.objects.create(
        day=edition.days.first(), title_en="Late", starts_at=time(20), ends_at=time(21), code="late"
    )
    Appearance.objects.create(session=session, label_en="A guest")


def delete(edition):
    Session.objects.filter(code__in=["d1-14", "d2-03"]).delete()


def take_the_id(edition):
    Session.objects.filter(code="d1-17").delete()
    add(edition)
    Session.objects.filter(code="late").update(code="d1-17")


def swap_ids(edition):
    one, other = (Session.objects.get(code=code) for code in ("d1-17", "d1-19"))
    Session.objects.filter(pk=one.pk).update(code="aside")
    Session.objects.filter(pk=other.pk).update(code="d1-17")
    Session.objects.filter(pk=one.pk).update(code="d1-19")


def stand_elsewhere(edition):
    theme = Session.objects.get(code="d2-03-t1")
    theme.parent = Session.objects.get(code="d1-17")
    theme.save()


def change_people(edition):
    Appearance.objects.all().update(state=AppearanceState.DECLINED)
    Appearance.objects.create(
        session=Session.objects.get(code="d1-17"), organisation=Organisation.objects.get(slug="odc")
    )


def delete_people(edition):
    Appearance.objects.all().delete()


def rename_tracks(edition):
    Track.objects.update(name_en="Another track")
    Session.objects.update(track=None)


def turn_columns_round(edition):
    for track in Track.objects.all():
        Track.objects.filter(pk=track.pk).update(position=90 - track.position)


def reorder(edition):
    for row in Session.objects.all():
        Session.objects.filter(pk=row.pk).update(position=90 - row.position)


def describe_anew(edition):
    """A person and an organisation. What the public reads about them waits for publishing too."""
    Speaker.objects.update(name_en="SAMPLE Other", about_en="Something else", organisation=None)
    organisation = Organisation.objects.get(slug="odc")
    organisation.name_en = "Another name"
    organisation.save()
    organisation.part_of.add(Organisation.objects.get(slug="taf"))


def move_days(edition):
    for row in edition.days.order_by("-date"):
        row.date = date(2024, 4, row.date.day)
        row.intro_en = "Later"
        row.save()


def delete_a_day(edition):
    edition.days.last().delete()


CHANGES = [
    rename,
    move,
    cancel,
    hide,
    add,
    delete,
    take_the_id,
    swap_ids,
    stand_elsewhere,
    change_people,
    delete_people,
    rename_tracks,
    turn_columns_round,
    reorder,
    describe_anew,
    move_days,
    delete_a_day,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_restoring_gives_the_version_back(edition, first, change):
    before = value.from_tables(edition)
    change(edition)
    assert value.from_tables(edition) != before

    restore(first)

    assert value.from_tables(edition) == before


def test_all_changes_at_once_are_undone(edition, first):
    before = value.from_tables(edition)
    for change in CHANGES:
        if change not in (take_the_id, swap_ids, stand_elsewhere):
            change(edition)
    versions.publish(edition, by=None)

    restore(first)

    assert value.from_tables(edition) == before


def test_restoring_what_is_there_changes_nothing(edition, first):
    rows = list(Session.objects.values()), list(Appearance.objects.values()), list(Room.objects.values())

    restore(first)

    assert (list(Session.objects.values()), list(Appearance.objects.values()), list(Room.objects.values())) == rows


def test_restoring_writes_only_what_differs(edition, first, django_assert_max_num_queries):
    Session.objects.filter(code="d1-17").update(title_en="Something else")

    with django_assert_max_num_queries(20):
        restore(first)


def test_session_that_came_later_becomes_a_draft(edition, first):
    add(edition)

    restore(first)

    assert Session.objects.get(code="late").state == SessionState.DRAFT


def test_who_confirmed_when_stays_with_the_appearance(edition, first):
    Appearance.objects.filter(session__code="d1-14").update(confirmed_by="The director", position=9)

    restore(first)

    assert set(Appearance.objects.filter(session__code="d1-14").values_list("confirmed_by", flat=True)) == {
        "The director"
    }


def test_person_who_is_no_longer_known_is_printed_by_name(edition):
    speaker = Speaker.objects.create(name_en="SAMPLE Person")
    appearance = Appearance.objects.create(session=Session.objects.get(code="d1-17"), speaker=speaker)
    version = versions.publish(edition, by=None)
    appearance.delete()
    speaker.delete()

    restore(version)

    assert Appearance.objects.filter(session__code="d1-17", label_en="SAMPLE Person").exists()


def test_day_that_came_later_is_not_deleted_with_what_hangs_on_it(edition, first):
    Day.objects.create(edition=edition, date=date(2024, 3, 28))

    with pytest.raises(ValidationError, match="not in that version"):
        restore(first)


def put_on(row, when):
    row.date = when
    row.save()


def test_day_that_registrations_point_to_gets_its_own_date_back(edition, first):
    """The draft has the first day on the date of the second."""
    one, other = edition.days.all()
    of_one = set(one.sessions.values_list("pk", flat=True))
    put_on(other, date(2024, 3, 28))
    put_on(one, date(2024, 3, 27))

    restore(first)

    assert list(edition.days.values_list("pk", "date")) == [(one.pk, date(2024, 3, 26)), (other.pk, date(2024, 3, 27))]
    assert set(one.sessions.values_list("pk", flat=True)) == of_one


def test_days_that_were_exchanged_are_exchanged_back(edition, first):
    one, other = edition.days.all()
    put_on(other, date(2024, 3, 28))
    put_on(one, date(2024, 3, 27))
    put_on(other, date(2024, 3, 26))

    restore(first)

    assert list(edition.days.values_list("pk", flat=True)) == [one.pk, other.pk]


def test_day_that_took_the_place_of_a_deleted_one_is_not_moved(edition, first):
    """Participants may have chosen it by now."""
    edition.days.last().delete()
    late = Day.objects.create(edition=edition, date=date(2024, 3, 28))

    with pytest.raises(ValidationError, match="not in that version"):
        restore(first)

    late.refresh_from_db()
    assert late.date == date(2024, 3, 28)


def test_version_without_keys_of_days_goes_by_their_dates(edition, first):
    one, other = edition.days.all()
    for day in first.data["days"]:
        del day["key"]
    put_on(other, date(2024, 3, 28))

    restore(first)

    assert list(edition.days.values_list("pk", "date")) == [(one.pk, date(2024, 3, 26)), (other.pk, date(2024, 3, 27))]


def test_day_that_was_made_anew_on_the_same_date_is_that_day(edition, first):
    edition.days.last().delete()
    again = Day.objects.create(edition=edition, date=date(2024, 3, 27))

    restore(first)

    assert edition.days.last() == again
    assert again.sessions.exists()
