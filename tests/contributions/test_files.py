"""Files of proposals and of feedback: nothing in them that the pages hide."""

import csv
import io
import uuid
from datetime import timedelta

import pytest

from agenda.publishing import versions
from conference import clock
from contributions.models import CommentState, Feedback, FeedbackRound
from registration.models import AccessLog
from tests.contributions.samples import make_call, make_proposal, make_reviewer
from tests.factories import make_day, make_edition, make_session
from tests.pages import read
from tests.registration.admin.registrations.test_registration import member_of

EDITORS = "Programme editors"


def rows(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def edition(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_edition()


@pytest.fixture
def proposals(edition):
    call = make_call(edition)
    make_reviewer(call)
    make_proposal(call, name="SAMPLE Hidden", organisation="Hidden NGO", email="hidden@example.org")
    decided = make_proposal(
        call,
        name="SAMPLE Known",
        state="declined",
        title_en="=SUM(1)",
        phone="+85512777888",
        needs={"access_note": "Secret need"},
        province="KH-12",
    )
    return decided


def test_names_stand_with_what_is_decided_alone_and_the_look_is_noted(client, edition, proposals):
    member_of(EDITORS, client)

    answer = client.get(f"/admin/contributions/proposal/all.csv?edition={edition.year}")
    found = rows(answer)
    whole = str(found)

    assert len(found) == 3
    assert "SAMPLE Known" in whole
    assert "+855 12 777 888" in whole or "012 777 888" in whole
    assert [word for word in ("Hidden", "hidden@", "Secret need", "KH-12", "Phnom Penh") if word in whole] == []
    assert "'=SUM(1)" in found[2]
    log = AccessLog.objects.get()
    assert (log.subject, log.count, log.edition) == (f"proposals {edition.year}", 2, edition)
    assert "all.csv" in client.get("/admin/contributions/proposal/?edition=2030").text


def test_list_of_all_years_offers_no_file(staff_client, proposals):
    assert "all.csv" not in staff_client.get("/admin/contributions/proposal/?edition=all").text


@pytest.mark.parametrize("ending", ["pdf", "py"])
def test_other_endings_are_not_there(staff_client, proposals, ending):
    assert staff_client.get(f"/admin/contributions/proposal/all.{ending}?edition=2030").status_code == 404


def test_excel_gets_the_same(staff_client, proposals):
    assert staff_client.get("/admin/contributions/proposal/all.xlsx?edition=2030").status_code == 200


def test_who_may_not_see_proposals_gets_no_file(client, edition, proposals):
    member_of("Registration desk", client)

    assert client.get(f"/admin/contributions/proposal/all.csv?edition={edition.year}").status_code == 403
    assert client.get(f"/admin/contributions/feedback/results.csv?edition={edition.year}").status_code == 403


@pytest.mark.parametrize("number", [3, 30])
def test_file_takes_as_many_queries_for_many(staff_client, edition, django_assert_max_num_queries, number):
    call = make_call(edition)
    for _one in range(number):
        make_proposal(call)

    with django_assert_max_num_queries(22):
        staff_client.get(f"/admin/contributions/proposal/all.csv?edition={edition.year}")


@pytest.fixture
def asked(db):
    today = clock.today()
    edition = make_edition(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=8))
    session = make_session(make_day(edition, date=edition.starts_on), code="talk", title_en="Sample talk")
    versions.publish(edition, by=None)
    asked = FeedbackRound.objects.create(edition=edition, until=today - timedelta(days=1))
    for number in range(12):
        said = {"good": "Shown words", "comment_state": CommentState.SHOWN} if number == 0 else {}
        said = {"good": "Unread words", "comment_state": CommentState.UNREAD} if number == 1 else said
        said = {"good": "Read words", "comment_state": CommentState.READ} if number == 2 else said
        Feedback.objects.create(edition=edition, form_token=uuid.uuid4(), useful="very", language="en", **said)
    for _number in range(4):
        Feedback.objects.create(
            edition=edition, session_uuid=session.uuid, form_token=uuid.uuid4(), useful="not", language="en"
        )
    return asked


def address(asked):
    return f"/admin/contributions/feedback/results.csv?edition={asked.edition.year}"


def test_feedback_to_pass_on_has_ranges_of_enough_people_and_comments_that_were_read(client, asked):
    member_of(EDITORS, client)

    found = rows(client.get(address(asked)))

    assert ["the whole conference", "people", "", "10", "14", ""] in found
    assert ["the whole conference", "how useful it was", "very useful", "10", "14", ""] in found
    assert ["the whole conference", "what was good", "", "", "", "Shown words"] in found
    assert [word for word in ("Unread words", "Read words", "Sample talk", "12") if word in str(found)] == []
    assert AccessLog.objects.get().subject == f"feedback {asked.edition.year}"


def test_no_file_while_more_can_come(client, asked):
    asked.until = clock.today()
    asked.save()
    member_of(EDITORS, client)

    assert client.get(address(asked)).status_code == 404
    page = read(client.get(f"/admin/contributions/feedback/results/?edition={asked.edition.year}"))
    assert "on, a file to pass on stands here" in page
    assert not AccessLog.objects.exists()
