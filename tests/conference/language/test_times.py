"""A time is read in the ways in which people type it, in every field for a time and in what they paste."""

from datetime import time

import pytest
from django.contrib import admin
from django.db import models
from django.test import RequestFactory
from django.utils.translation import override

from agenda.importing.recognising.moments import read_span
from agenda.models import Session
from conference.forms import DayAndTime, TimeOfDay
from conference.language.times import read_time
from tests.pages import read

TYPED = {
    "8:30": time(8, 30),
    "08:30": time(8, 30),
    "17:45": time(17, 45),
    "17:45:00": time(17, 45),
    "17.45": time(17, 45),
    "17h45": time(17, 45),
    "17H45": time(17, 45),
    "17 h 45": time(17, 45),
    "17h": time(17),
    "1745": time(17, 45),
    "830": time(8, 30),
    "8": time(8),
    "5:45 pm": time(17, 45),
    "5:45pm": time(17, 45),
    "5.45 p.m.": time(17, 45),
    "5 PM": time(17),
    "12:15 am": time(0, 15),
    "12:15 pm": time(12, 15),
    "១៧:៤៥": time(17, 45),
    "១៧.៤៥": time(17, 45),
    "ម៉ោង ៥:៤៥ ល្ងាច": time(17, 45),
    "៨:៣០ ព្រឹក": time(8, 30),
    "ម៉ោង\u200b៨:៣០\u200bព្រឹក": time(8, 30),
    "១:០៥ រសៀល": time(13, 5),
    "១២:០០ ថ្ងៃត្រង់": time(12),
    " 9:00 ": time(9),
    "24:00": time(0),
}
NO_TIME = ["25:00", "24:01", "8:60", "8:3", "noon", "8:30 – 9:00", "-1", "99999", "8:30 today"]


@pytest.mark.parametrize("typed", TYPED)
def test_time_is_read_as_people_type_it(typed):
    assert read_time(typed) == TYPED[typed]


@pytest.mark.parametrize("typed", NO_TIME)
def test_what_is_no_time_is_none(typed):
    assert read_time(typed) is None


def test_import_reads_the_same_times():
    """Digits alone are a number there, not a time."""
    for typed in {one for one in TYPED if not one.isdecimal()} - {"17h", "ម៉ោង\u200b៨:៣០\u200bព្រឹក"}:
        span, _rest = read_span(f"{typed} – 23:59")
        assert span.starts_at == TYPED[typed], typed


def time_columns():
    """Every time that staff may write, with the admin page or the rows on it where they write it."""
    for model, page in admin.site._registry.items():
        for where in [page, *(inline(model, admin.site) for inline in page.inlines)]:
            for field in where.model._meta.fields:
                if isinstance(field, models.TimeField | models.DateTimeField) and field.editable:
                    yield pytest.param(where, field, id=f"{type(where).__name__} {field.name}")


@pytest.mark.parametrize(("where", "field"), list(time_columns()))
def test_every_time_on_a_page_of_the_admin_is_read_so(where, field):
    shown = where.formfield_for_dbfield(field, RequestFactory().get("/"))

    wanted = DayAndTime if isinstance(field, models.DateTimeField) else TimeOfDay
    assert type(shown) is wanted
    typed = ["2030-03-26", "១៧.៤៥"] if wanted is DayAndTime else "១៧.៤៥"
    assert f"{shown.clean(typed):%H:%M}" == "17:45"


def test_no_time_is_refused_with_an_example():
    for language, words in (("en", "Write a time such as 8:30 or 17:45."), ("km", "សូមសរសេរម៉ោង ដូចជា 8:30 ឬ 17:45។")):
        for field, typed in ((TimeOfDay(), "25:00"), (DayAndTime(), ["2030-03-26", "25:00"])):
            with override(language), pytest.raises(Exception, match="8:30") as refused:
                field.clean(typed)
            with override(language):
                assert refused.value.messages == [words]


def test_staff_type_times_on_the_pages(staff_client, edition):
    session = Session.objects.filter(starts_at=time(8, 30)).first()
    page, row = f"/admin/agenda/day/{session.day_id}/change/?row={session.pk}", f"s{session.pk}"

    staff_client.post(page, {f"{row}-starts_at": "8h32", f"{row}-ends_at": "៨.៣៥ ព្រឹក"})
    session.refresh_from_db()
    assert (session.starts_at, session.ends_at) == (time(8, 32), time(8, 35))

    text = read(staff_client.post(page, {f"{row}-starts_at": "8:3"}))
    assert "Write a time such as 8:30 or 17:45." in text
