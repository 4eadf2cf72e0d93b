"""Next year's edition from this year's."""

from datetime import date

import pytest

from agenda.choices import AppearanceState, SessionState
from agenda.editions.copying import YearIsTaken, copy_edition
from agenda.models import Appearance, Session, Speaker
from conference.models import Edition
from registration.models import Intake
from tests.factories import make_day, make_edition, make_session
from tests.pages import read
from tests.registration.admin.registrations.test_registration import member_of

EDITIONS = "/admin/conference/edition/"


def shape(edition):
    """What stands under what and when, without keys."""
    rows = Session.objects.of_edition(edition).select_related("parent")
    return sorted(
        (
            (row.day.date - edition.starts_on).days,
            str(row.starts_at),
            row.title_en,
            row.kind,
            row.parent.title_en if row.parent else "",
            str(row.track),
            str(row.room),
        )
        for row in rows
    )


def test_copy_has_the_same_shape_on_the_days_of_the_new_year(edition):
    new = copy_edition(edition, date(2025, 3, 25))

    assert shape(new) == shape(edition)
    assert [day.date for day in new.days.all()] == [date(2025, 3, 25), date(2025, 3, 26)]
    assert (new.year, new.starts_on, new.ends_on, new.is_public) == (2025, date(2025, 3, 25), date(2025, 3, 26), False)


def test_copy_has_the_new_year_in_its_name(edition):
    new = copy_edition(edition, date(2025, 3, 25))

    assert new.title_en == "National Open Data Conference 2025"
    assert new.title_km.endswith("ឆ្នាំ២០២៥")


def test_copy_says_that_only_staff_see_it(staff_client, edition):
    copy_edition(edition, date(2025, 3, 25))

    assert "2025: not public yet: only staff see it" in read(staff_client.get("/admin/agenda/session/"))
    assert "The agenda of 2025 was never published" in read(staff_client.get("/admin/"))


def test_copy_keeps_who_holds_it_and_why(edition):
    new = copy_edition(edition, date(2025, 3, 25))

    for rows in ("purposes", "audience_groups", "references", "organisers", "tracks", "rooms"):
        assert getattr(new, rows).count() == getattr(edition, rows).count() > 0
    assert Appearance.objects.of_edition(new).count() == Appearance.objects.of_edition(edition).count()


def test_copy_is_to_be_confirmed_throughout_and_knows_nothing_of_last_year(edition):
    Appearance.objects.update(
        state=AppearanceState.CONFIRMED, confirmed_by="SAMPLE", confirmed_on=date(2024, 1, 1), ask="012 000 009"
    )

    new = copy_edition(edition, date(2025, 3, 25))

    assert set(Session.objects.of_edition(new).values_list("state", flat=True)) == {SessionState.TO_BE_CONFIRMED}
    left = Appearance.objects.of_edition(new).values_list(
        "state", "confirmed_by", "confirmed_on", "confirmed_how", "ask"
    )
    assert set(left) == {(AppearanceState.TO_BE_CONFIRMED, "", None, "", "")}
    assert not new.other_events.exists()
    assert not Intake.objects.filter(edition=new).exists()


def test_copy_leaves_the_old_edition_as_it_was(edition):
    before = shape(edition), set(Session.objects.values_list("code", "uuid"))

    copy_edition(edition, date(2025, 3, 25))

    rows = Session.objects.of_edition(edition)
    assert (shape(edition), set(rows.values_list("code", "uuid"))) == before


def test_copy_names_no_person_and_asks_their_organisation_again(edition):
    session = Session.objects.get(code="d1-17")
    speaker = Speaker.objects.create(name_en="SAMPLE Person")
    office = Appearance.objects.exclude(organisation=None).first().organisation
    Appearance.objects.create(session=session, speaker=speaker, label_en="SAMPLE Person, director")
    Appearance.objects.create(session=session, speaker=speaker, organisation=office)
    Appearance.objects.create(session=session, label_en="Sample group", state=AppearanceState.DECLINED)

    new = copy_edition(edition, date(2025, 3, 25))

    copied = Session.objects.of_edition(new).get(title_en=session.title_en)
    assert [(one.organisation, one.speaker, one.label_en) for one in copied.appearances.all()] == [(office, None, "")]


def test_draft_stays_a_draft(db):
    day = make_day(make_edition())
    make_session(day, state=SessionState.DRAFT)

    new = copy_edition(day.edition, date(2031, 3, 26))

    assert Session.objects.of_edition(new).get().state == SessionState.DRAFT


def test_year_that_is_there_is_refused(edition):
    with pytest.raises(YearIsTaken):
        copy_edition(edition, date(2024, 5, 1))


def copy(client, edition, **data):
    return client.post(EDITIONS, {"action": "copy_edition", "_selected_action": edition.pk, **data}, follow=True)


@pytest.mark.parametrize("typed", ["2031-04-02", "២០៣១-០៤-០២", " 02/04/2031 "])
def test_staff_tick_an_edition_and_type_the_first_day(client, db, typed):
    edition = make_edition()
    make_session(make_day(edition))
    editor = member_of("Programme editors", client)

    assert "no name of a person" in read(copy(editor, edition))
    response = copy(editor, edition, first_day=typed)

    assert "This is the draft of 2031." in read(response)
    assert Edition.objects.get(year=2031).starts_on == date(2031, 4, 2)
    assert client.get("/en/2031/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "year-month-day"), ("next spring", "year-month-day"), ("2030-05-05", "an edition of that year already")],
)
def test_day_that_cannot_be_gets_an_answer_and_copies_nothing(staff_client, db, typed, words):
    response = copy(staff_client, make_edition(), first_day=typed)

    assert response.status_code == 400
    assert words in read(response)
    assert Edition.objects.count() == 1


def test_two_editions_are_not_copied_at_once(staff_client, db):
    chosen = [make_edition().pk, make_edition(year=2031).pk]

    response = staff_client.post(EDITIONS, {"action": "copy_edition", "_selected_action": chosen}, follow=True)

    assert "Tick one edition only" in read(response)


@pytest.mark.parametrize("group", ["Registration desk", "Observers"])
def test_who_may_not_change_the_programme_copies_nothing(client, db, group):
    edition = make_edition()
    member = member_of(group, client)

    assert copy(member, edition, first_day="2031-03-26").status_code == 403
    assert Edition.objects.count() == 1
