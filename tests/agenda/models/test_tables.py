import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agenda.choices import AppearanceState, Kind, SessionState
from agenda.models import Appearance, Session
from tests.factories import make_day, make_edition, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return make_day(make_edition())


@pytest.mark.parametrize(
    ("starts_at", "ends_at"), [("9:00", "9:00"), ("9:00", "8:00"), ("9:00", None), (None, "9:00")]
)
def test_session_with_impossible_times_is_refused_by_the_database(day, starts_at, ends_at):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(day, starts_at=starts_at, ends_at=ends_at)


def test_session_without_time_needs_a_parent(day):
    with pytest.raises(ValidationError, match="under which session"):
        Session(day=day, title_en="Somewhere").full_clean()


def test_topic_needs_no_title(day):
    breakout = make_session(day, kind=Kind.BREAKOUT)

    topic = Session(day=day, parent=breakout, kind=Kind.TOPIC)

    topic.full_clean()


def test_session_moves_with_what_it_stands_under(day):
    other = make_day(day.edition, date=day.edition.ends_on)
    parent = make_session(other)

    child = make_session(day, parent=parent)

    assert child.day == other


def test_what_stands_under_a_session_moves_with_it(day):
    theme = make_session(day, parent=make_session(day), starts_at=None, ends_at=None, kind=Kind.THEME)
    topic = make_session(day, parent=theme, starts_at=None, ends_at=None, kind=Kind.TOPIC)

    theme.parent.day = make_day(day.edition, date=day.edition.ends_on)
    theme.parent.save()

    topic.refresh_from_db()
    assert topic.day == theme.parent.day


def test_session_cannot_stand_under_itself(day):
    parent = make_session(day)
    parent.parent = make_session(day, parent=parent)

    with pytest.raises(ValidationError, match="cannot stand under itself"):
        parent.full_clean()


def test_with_doubt_finds_sessions_and_those_who_appear_in_them(day):
    doubted = make_session(day, title_en="doubted", state=SessionState.TO_BE_CONFIRMED)
    with_guest = make_session(day, title_en="with guest")
    make_session(day, title_en="sure")
    for state in (AppearanceState.TO_BE_CONFIRMED, AppearanceState.TO_BE_CONFIRMED):
        Appearance.objects.create(session=with_guest, label_en="A guest", state=state)

    assert set(Session.objects.with_doubt()) == {doubted, with_guest}
    assert Session.objects.with_doubt().count() == 2


def test_appearance_without_a_person_is_refused(day):
    appearance = Appearance(session=make_session(day))

    with pytest.raises(ValidationError, match="Name a person, an organisation"):
        appearance.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        appearance.save()
