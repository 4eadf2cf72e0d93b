"""The agenda narrowed to the sessions for which a place is left."""

import pytest

from agenda.models import Day, Session
from registration.models import BreakoutPlaces, DayPlaces, Intake
from tests.pages import forget_kept, read


def open_rows(client):
    forget_kept()
    html = client.get("/en/2024/agenda/?open=1").content.decode()
    return {code for code in Session.objects.values_list("code", flat=True) if f'id="{code}"' in html}


@pytest.fixture
def at_first(client, edition):
    return open_rows(client)


def test_all_that_has_a_page_while_nothing_is_full(at_first):
    assert {"d1-08", "d1-14", "d2-03", "d2-04", "d2-08"} <= at_first
    assert not {"d1-01", "d1-07"} & at_first


def test_breakout_is_gone_when_all_its_rooms_are_full(client, edition, at_first):
    rooms = Session.objects.filter(parent__code="d2-08")
    for room in rooms:
        BreakoutPlaces.objects.create(intake=edition.intake, session=room, places=0)

    assert at_first - open_rows(client) == {"d2-08", *rooms.values_list("code", flat=True)}


def test_breakout_stays_while_one_room_has_places(client, edition, at_first):
    BreakoutPlaces.objects.create(intake=edition.intake, session=Session.objects.get(code="d2-08-r1"), places=0)

    assert "d2-08" in open_rows(client)


def test_full_day_is_gone(client, edition, at_first):
    DayPlaces.objects.create(intake=edition.intake, day=Day.objects.get(date="2024-03-26"), places=0)

    assert {code for code in open_rows(client) if code.startswith("d1")} == set()


@pytest.mark.parametrize("fields", [{"closes_at": "2024-03-01T00:00Z"}, {"capacity": 0}])
def test_nothing_is_left_where_sign_up_is_closed_or_all_is_full(client, edition, fields):
    Intake.objects.update(**fields)

    assert open_rows(client) == set()
    assert "still open for sign-up" in read(client.get("/en/2024/agenda/?open=1"))
