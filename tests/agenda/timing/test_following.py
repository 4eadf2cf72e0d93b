"""A session that is moved takes its Q&A along, from whatever side it is moved."""

from datetime import time

import pytest
from django.urls import reverse

from agenda.choices import Kind
from agenda.importing import steps
from agenda.importing.apply import apply
from agenda.models import Session
from agenda.timing.following import follow
from tests.agenda.admin.test_programme import form_as_sent
from tests.agenda.importing.pasted import plan_for
from tests.factories import make_day, make_edition, make_session
from tests.pages import read


@pytest.fixture
def talk(db):
    edition = make_edition(year=2030)
    return make_session(make_day(edition), title_en="Talk", starts_at="9:00", ends_at="10:00")


@pytest.fixture
def questions(talk):
    return make_session(talk.day, parent=talk, kind=Kind.QA, title_en="Q&A", starts_at="10:00", ends_at="10:15")


def hours(row):
    row.refresh_from_db()
    return f"{row.starts_at:%H:%M}-{row.ends_at:%H:%M}"


def on_its_page(client, talk, by, **typed):
    page = reverse("admin:agenda_session_change", args=[talk.pk])
    data = form_as_sent(client.get(page)) | {"starts_at": "10:30", "ends_at": "11:45"} | typed
    return client.post(page, data, follow=True)


def on_the_page_of_the_day(client, talk, by):
    page = f"{reverse('admin:agenda_day_change', args=[talk.day_id])}?row={talk.pk}"
    return client.post(page, {f"s{talk.pk}-starts_at": "10:30", f"s{talk.pk}-ends_at": "11:45"}, follow=True)


def by_import(client, talk, by):
    plan = plan_for(talk.day.edition, "March 26, 2030\n10:30 – 11:45\tTalk")
    apply(talk.day.edition, plan, {step.key for step in plan.of(steps.CHANGE)}, by=by)


@pytest.mark.parametrize("move", [on_its_page, on_the_page_of_the_day, by_import])
def test_questions_go_along(staff_client, django_user_model, talk, questions, move):
    answer = move(staff_client, talk, django_user_model.objects.get())

    assert (hours(talk), hours(questions)) == ("10:30-11:45", "11:45-12:00")
    if answer is not None:
        assert "Moved along: 11:45 – 12:00 Q&A" in read(answer)


def test_what_is_typed_at_the_same_time_stands_as_typed(staff_client, talk, questions):
    prefix = "children"

    on_its_page(staff_client, talk, None, **{f"{prefix}-0-starts_at": "13:00", f"{prefix}-0-ends_at": "13:30"})

    assert hours(questions) == "13:00-13:30"


def test_what_lies_within_goes_with_the_beginning_and_what_follows_with_the_end(talk, questions):
    within = make_session(talk.day, parent=talk, title_en="Part", starts_at="9:10", ends_at="9:30")
    talk.starts_at, talk.ends_at = time(9, 30), time(10, 5)
    talk.save()

    follow(talk, (time(9), time(10)))

    assert (hours(within), hours(questions)) == ("09:40-10:00", "10:05-10:20")


def test_what_would_leave_the_day_stays(talk, questions):
    talk.starts_at, talk.ends_at = time(22), time(3, 50)
    talk.save()

    assert follow(talk, (time(9), time(10))) == []
    assert hours(Session.objects.get(pk=questions.pk)) == "10:00-10:15"
