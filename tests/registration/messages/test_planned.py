"""Letters by date: they go once, at their time, to the readers of that moment; and never unread."""

from datetime import timedelta
from io import StringIO
from unittest.mock import Mock

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from registration.choices import HeldBack, LetterState, Readers
from registration.duplicates.merging import merge
from registration.messages import letters, planned, reminders
from registration.models import Attendance, Intake, Letter, LetterReader, Message, PlannedLetter
from registration.retention import by_date
from registration.signing_up import transitions
from tests.factories import make_planned_letter as make_planned
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.test_registration import member_of
from tests.registration.messages.test_letters import WRITE, fill_in, hidden

LIST = "/admin/registration/plannedletter/"


@pytest.fixture(autouse=True)
def _with_email(settings):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False


@pytest.fixture
def desk(client, db):
    return member_of("Registration desk", client)


def staff():
    return User.objects.get(username="Registration desk")


def send():
    return planned.send_due(lambda: True)


def told():
    return set(Message.objects.exclude(letter=None).values_list("registration", flat=True))


def typed(**fields):
    columns = {"kind": "letter", "readers": "place", "due_at": "25 March, 8:00", "subject_en": "S", "body_en": "B"}
    return columns | {"subject_km": "", "body_km": ""} | fields


@pytest.mark.parametrize("seconds", [60, -1])
def test_letter_goes_at_its_time_and_not_before(edition, seconds):
    make_registration(edition)
    make_planned(edition, seconds=seconds)

    call_command("tend_registration", stdout=StringIO())

    assert Letter.objects.count() == (seconds < 0)


@pytest.mark.parametrize("state", [LetterState.OFF, LetterState.HELD, LetterState.SENT])
def test_letter_that_is_not_switched_on_stays(edition, state):
    make_planned(edition, state=state)

    assert send() == 0
    assert not Letter.objects.exists()


def test_readers_are_those_of_that_moment(edition):
    before, gone = make_registration(edition), make_registration(edition, name_latin="KEO Kosal")
    make_planned(edition)
    later = make_registration(edition, name_latin="SOK Dara")
    transitions.cancel(gone)

    send()

    assert told() == {before.pk, later.pk}
    assert PlannedLetter.objects.get().letter.people == 2


@pytest.mark.parametrize(("readers", "expected"), [("there", 1), ("coming", 2), ("place", 2)])
def test_readers_who_were_there(edition, readers, expected):
    came, _stayed_away = make_registration(edition), make_registration(edition, name_latin="SOK Dara")
    Attendance.objects.create(registration=came, day=came.days.first())
    make_planned(edition, readers=readers)

    send()

    assert len(told()) == expected


def test_where_no_attendance_was_noted_all_with_a_place_are_thanked(edition):
    person = make_registration(edition)
    make_planned(edition, readers=Readers.THERE)

    send()

    assert told() == {person.pk}


def test_two_helpers_send_it_once(edition, monkeypatch):
    """Both have seen that it is due."""
    make_registration(edition)
    make_planned(edition)
    both_saw = planned._due()
    monkeypatch.setattr(planned, "_due", lambda: both_saw)

    assert [send(), send()] == [1, 0]
    assert Message.objects.exclude(letter=None).count() == 1


def test_crash_in_the_middle_leaves_nothing_half_done(edition, monkeypatch):
    make_registration(edition)
    make_planned(edition)
    with monkeypatch.context() as patched:
        patched.setattr(letters.outbox, "put_letter", _die)
        with pytest.raises(KeyboardInterrupt):
            send()
    assert not Letter.objects.exists()

    assert [send(), send()] == [1, 0]


def _die(*_args):
    raise KeyboardInterrupt


@pytest.mark.parametrize("error", [ZeroDivisionError, IntegrityError])
def test_letter_that_cannot_be_written_is_held_and_keeps_the_helper_from_nothing(edition, monkeypatch, error):
    make_registration(edition)
    broken = make_planned(edition, seconds=-2)
    with monkeypatch.context() as patched:
        patched.setattr(letters.outbox, "put_letter", Mock(side_effect=error))
        assert send() == 0

    broken.refresh_from_db()
    assert (broken.state, broken.problem) == (LetterState.HELD, HeldBack.BROKEN)


def test_late_letter_and_one_of_a_doubtful_clock_wait_for_a_person(edition):
    late = make_planned(edition, seconds=-7 * 3600)
    doubtful = make_planned(edition, form_token="00000000-0000-0000-0000-000000000001")

    planned.send_due(lambda: False)
    assert doubtful.pk in PlannedLetter.objects.held().values_list("pk", flat=True)
    PlannedLetter.objects.filter(pk=late.pk).update(state=LetterState.ON)
    send()

    assert dict(PlannedLetter.objects.values_list("pk", "problem")) == {
        late.pk: HeldBack.LATE,
        doubtful.pk: HeldBack.CLOCK,
    }
    assert not Letter.objects.exists()


def test_helper_asks_the_rule_of_the_clock(edition, monkeypatch):
    make_planned(edition)
    monkeypatch.setattr(by_date, "clock_agrees", lambda _today: False)

    call_command("tend_registration", stdout=StringIO())

    assert PlannedLetter.objects.get().problem == HeldBack.CLOCK


def test_start_with_a_doubtful_clock_holds_what_is_switched_on(edition, monkeypatch):
    """Else a letter would go as soon as something is stored by that clock, with which it then agrees."""
    letter = make_planned(edition, seconds=3600)
    with monkeypatch.context() as at_the_start:
        at_the_start.setattr(by_date, "clock_agrees", lambda _today: False)
        call_command("replay_erasures", stdout=StringIO())

    make_registration(edition)  # stored by the wrong clock
    assert by_date.clock_agrees(timezone.localdate())
    PlannedLetter.objects.filter(pk=letter.pk).update(due_at=timezone.now())
    send()

    letter.refresh_from_db()
    assert (letter.state, letter.problem) == (LetterState.HELD, HeldBack.CLOCK)


def test_start_with_a_clock_that_agrees_holds_nothing(edition):
    letter = make_planned(edition, seconds=3600)
    make_registration(edition)

    call_command("replay_erasures", stdout=StringIO())

    letter.refresh_from_db()
    assert letter.state == LetterState.ON


def test_without_an_intake_it_is_held(edition):
    Intake.objects.all().delete()
    make_planned(edition)

    send()

    assert PlannedLetter.objects.get().problem == HeldBack.NO_INTAKE


def test_who_is_merged_stays_a_reader(edition, desk):
    kept, other = make_registration(edition), make_registration(edition, name_latin="SOK Dara")
    letter = make_planned(edition, readers=Readers.CHOSEN)
    LetterReader.objects.create(letter=letter, registration=other)

    merge(kept, other, by=staff())
    send()

    assert told() == {kept.pk}


def test_letter_by_date_is_written_looked_at_and_switched_on(desk, edition):
    make_registration(edition, email="dara@example.org")

    page = desk.post(f"{LIST}add/", typed(edition=edition.pk), follow=True)
    one = PlannedLetter.objects.get()

    assert one.state == LetterState.OFF
    assert "Monday, March 25, 2024, 8:00, in Phnom Penh" in read(page)
    assert "1 person gets it by e-mail." in read(page)
    assert "It is switched on" in read(desk.post(f"{LIST}{one.pk}/look/", {"on": 1, "version": 0}, follow=True))
    one.refresh_from_db()
    assert (one.state, one.switched_on_by) == (LetterState.ON, staff())
    assert "goes by itself" in read(desk.get(LIST))
    assert "1 letter that goes by itself" in read(desk.get("/admin/"))
    assert "It is called off" in read(desk.post(f"{LIST}{one.pk}/look/", {"off": 1}, follow=True))
    assert PlannedLetter.objects.get().state == LetterState.OFF


def test_what_is_changed_is_switched_off_and_an_old_page_switches_nothing_on(desk, edition):
    one = make_planned(edition, seconds=3600)

    desk.post(f"{LIST}{one.pk}/change/", typed(body_en="CANARY"))
    one.refresh_from_db()

    assert (one.state, one.version, one.body_en) == (LetterState.OFF, 1, "CANARY")
    page = desk.post(f"{LIST}{one.pk}/look/", {"on": 1, "version": 0}, follow=True)
    assert "It was changed or sent meanwhile" in read(page)
    assert PlannedLetter.objects.get().state == LetterState.OFF


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"due_at": "soon"}, "Write a day and a time"),
        ({"due_at": "1 January 2024, 8:00"}, "This moment is over"),
        ({"body_en": "CANARY {nmae}"}, "This message knows no {nmae}"),
        ({"subject_en": ""}, "Write this text in at least one language"),
        ({"readers": "chosen"}, "Select a valid choice"),
    ],
)
def test_mistake_is_named_and_nothing_typed_is_lost(desk, edition, fields, said):
    page = desk.post(f"{LIST}add/", typed(edition=edition.pk, **({"body_en": "CANARY"} | fields)))

    assert said in read(page)
    assert "CANARY" in page.text
    assert not PlannedLetter.objects.exists()


def test_letter_that_was_held_goes_when_a_person_says_so_and_stays_as_it_was_sent(desk, edition):
    person = make_registration(edition)
    one = make_planned(edition, seconds=-7 * 3600)
    send()
    assert "1 letter by date did not go" in read(desk.get("/admin/"))

    for _time in range(2):
        desk.post(f"{LIST}{one.pk}/look/", {"now": 1, "version": 0})
    desk.post(f"{LIST}{one.pk}/change/", typed(body_en="another"))

    assert told() == {person.pk}
    assert Message.objects.exclude(letter=None).count() == 1
    assert PlannedLetter.objects.get().body_en == "B"
    assert "who was told, and how" in read(desk.get(f"{LIST}{one.pk}/look/"))


def test_people_chosen_in_the_list_are_written_to_later(desk, edition):
    chosen, gone = make_registration(edition), make_registration(edition, name_latin="SOK Dara")
    make_registration(edition, name_latin="KEO Kosal")
    preview = fill_in(desk, [chosen, gone], due_at="25 March, 8:00")
    assert "Monday, March 25, 2024, 8:00" in read(preview)

    for _time in range(2):
        desk.post(WRITE, hidden(preview) | {"send": "1"})
    assert not Letter.objects.exists()
    transitions.erase(gone)
    PlannedLetter.objects.update(due_at=timezone.now())
    send()

    assert told() == {chosen.pk}


def test_moment_that_is_over_loses_no_letter(desk, edition):
    page = fill_in(desk, [make_registration(edition)], due_at="1 January 2024, 8:00", body_en="CANARY")

    assert "This moment is over" in read(page)
    assert "CANARY" in page.text


def test_reminders_are_made_ready_in_both_languages_and_switched_off(desk, edition):
    edition.starts_on, edition.ends_on = edition.starts_on + timedelta(30), edition.ends_on + timedelta(30)
    edition.entrance_en, edition.entrance_km = "By the east gate.", ""
    edition.save()

    page = desk.post(f"{LIST}reminders/", {"year": edition.year}, follow=True)

    assert "3 reminders are ready" in read(page)
    week, evening, thanks = PlannedLetter.objects.order_by("due_at")
    assert {one.state for one in (week, evening, thanks)} == {LetterState.OFF}
    assert timezone.localtime(week.due_at).date() == edition.starts_on - timedelta(7)
    assert timezone.localtime(evening.due_at).date() == edition.starts_on - timedelta(1)
    assert timezone.localtime(thanks.due_at).date() == edition.ends_on + timedelta(1)
    assert "By the east gate." in week.body_en
    assert "By the east gate." not in week.body_km
    assert "{days}" in week.body_km
    assert f"/en/{edition.year}/" in thanks.body_en
    assert f"/km/{edition.year}/" in thanks.body_km
    for one in (week, evening, thanks):
        one.full_clean()
        assert desk.get(f"{LIST}{one.pk}/look/").status_code == 200


def test_reminder_that_staff_changed_is_not_written_anew(desk, edition):
    reminders.make_ready(edition, by=staff())  # of the week before it is too late
    evening, thanks = PlannedLetter.objects.order_by("due_at")
    PlannedLetter.objects.filter(pk=evening.pk).update(version=1, body_en="Ours")
    PlannedLetter.objects.filter(pk=thanks.pk).update(body_en="Old")

    reminders.make_ready(edition, by=staff())

    evening.refresh_from_db()
    thanks.refresh_from_db()
    assert evening.body_en == "Ours"
    assert thanks.body_en.startswith("Thank you")


@pytest.mark.parametrize("group", ["Programme editors", "Inclusion officers", "Travel desk", "Observers"])
def test_who_may_not_write_plans_nothing(client, edition, group):
    one, member = make_planned(edition, seconds=3600), member_of(group, client)

    for address in (LIST, f"{LIST}{one.pk}/change/", f"{LIST}{one.pk}/look/", f"{LIST}add/"):
        assert member.get(address).status_code == 403
    assert member.post(f"{LIST}reminders/", {"year": edition.year}).status_code == 403
    assert "letter that goes by itself" not in read(member.get("/admin/"))
    assert PlannedLetter.objects.count() == 1
