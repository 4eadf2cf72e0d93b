from datetime import datetime, time

import pytest
from django.template import Context, Template

from agenda.choices import SessionState
from agenda.models import Session
from agenda.programme.now import NowAndNext, Phase, now_and_next
from agenda.programme.value import Programme
from agenda.publishing import versions
from tests.factories import make_session


def rendered(source, **context):
    return Template("{% load cloth %}" + source).render(Context(context))


def test_krama_is_of_the_published_programme_until_the_draft_is_previewed(talk, coming):
    krama = "{% version_of edition as version %}{% krama version.programme %}"
    before = rendered(krama, edition=coming)
    make_session(talk.day, starts_at="10:00", ends_at="13:00", kind="panel")

    assert rendered(krama, edition=coming) == before
    coming.previews_draft = True
    assert rendered(krama, edition=coming) != before


def test_session_that_is_not_public_is_in_no_cloth(talk, coming):
    make_session(talk.day, starts_at="10:00", ends_at="13:00", code="secret", state=SessionState.DRAFT)
    coming.previews_draft = True

    (day,) = versions.published(coming).days

    assert rendered("{% strip day %}", day=day).count("M") == 1


def test_strip_shows_what_a_topic_stands_under(talk, coming):
    topic = Session.objects.create(day=talk.day, parent=talk, title_en="Topic", kind="topic", code="topic")
    make_session(talk.day, starts_at="10:00", ends_at="11:00")
    versions.publish(coming, by=None)
    place = versions.published(coming).places[topic.code]

    html = rendered("{% strip place.day place.session place.parent %}", place=place)

    assert html.count("<path") == 2
    assert html.count("opacity") == 1


def test_all_days_stand_over_one_scale(edition):
    html = rendered("{% day_strips programme %}", programme=versions.published(edition))

    assert html.count('class="strip" viewBox="480 0 570 24"') == 2
    assert "8:00</text>" in html


def test_screen_of_the_hall_shows_what_runs(edition):
    (first, *_others), *_days = [day.sessions for day in versions.published(edition).days]
    found = now_and_next(versions.published(edition), datetime(2024, 3, 26, 8, 10))

    html = rendered("{% strip_now found %}", found=found)

    assert first.starts_at <= time(8, 10)
    assert len([path for path in html.split("<path")[1:] if "opacity" not in path]) == 1


def test_before_there_is_a_day_nothing_is_drawn(db):
    assert rendered("{% strip_now found %}", found=NowAndNext(Phase.EMPTY, None)) == ""
    assert rendered("{% day_strips programme %}", programme=Programme(2030)).strip() == ""


@pytest.mark.parametrize(
    "page", ["/en/2024/", "/km/2024/agenda/", "/en/2024/agenda/d1-10/", "/km/2024/files/paper/", "/admin/"]
)
def test_pages_show_the_cloth_or_the_day(staff_client, edition, page):
    html = staff_client.get(page).content.decode()

    assert 'class="strip"' in html or 'class="cloth"' in html
    assert "style=" not in html.split('<svg class="')[1]
