"""Feedback without a name: by QR code, for a session or the conference; staff read the comments first."""

import re
import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from agenda.choices import SessionState
from agenda.models import Session
from agenda.publishing import versions
from conference import clock
from contributions.feedback import summary
from contributions.models import CommentState, Feedback, FeedbackRound
from registration.forms import machines
from registration.retention import erasing
from tests.factories import make_day, make_edition, make_session
from tests.pages import forget_kept, read
from tests.registration.admin.registrations.test_registration import member_of

LIST = "/admin/contributions/feedback/"
EDITORS = "Programme editors"
WHOLE, TALK = "/en/2024/feedback/", "/en/2024/feedback/talk/"


@pytest.fixture
def asked(db):
    """Feedback is asked for, and the conference began yesterday: one talk is over, one is still to come."""
    today = clock.today()
    edition = make_edition(year=2024, starts_on=today - timedelta(days=1), ends_on=today + timedelta(days=1))
    day = make_day(edition)
    make_session(day, code="talk", title_en="Sample talk", kind="presentation")
    make_session(make_day(edition, date=edition.ends_on), code="later", title_en="Later talk", kind="presentation")
    versions.publish(edition, by=None)
    return FeedbackRound.objects.create(edition=edition, until=today + timedelta(days=7))


def send(client, address, **answers):
    shown = machines.sealed(machines.Shown(time.time() - 60))
    return client.post(address, {"token": uuid.uuid4(), machines.SHOWN: shown, **answers})


def over(asked):
    FeedbackRound.objects.update(until=clock.today() - timedelta(days=1))
    forget_kept()


def test_form_of_a_session_is_kept_without_name_and_time(client, asked):
    page = client.get(TALK)
    answer = send(client, TALK, useful="very", followed="partly", good="The maps", better="")
    thanks = client.get(answer["Location"])

    one = Feedback.objects.get()
    assert "Sample talk" in read(page)
    assert "Thank you for your feedback" in read(thanks)
    assert (one.useful, one.followed, one.good, one.better, one.language) == ("very", "partly", "The maps", None, "en")
    assert (str(one.session_uuid), one.comment_state) == (str(Session.objects.get(code="talk").uuid), "unread")
    assert one.on == clock.today()
    assert not {field.get_internal_type() for field in Feedback._meta.fields} & {"DateTimeField", "TimeField"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT good FROM contributions_feedback")
        assert "maps" not in cursor.fetchone()[0]


def test_what_is_sent_after_the_last_day_is_said_not_to_be_kept_and_stays_on_the_page(client, asked):
    over(asked)

    page = send(client, TALK, good="The maps").text

    assert "It was closed while you wrote" in page
    assert "The maps" in page
    assert not Feedback.objects.exists()


def test_conference_has_a_form_of_its_own_and_ticks_alone_are_enough(client, asked):
    send(client, WHOLE, useful="quite")

    one = Feedback.objects.get()
    assert (one.session_uuid, one.comment_state) == (None, CommentState.NONE)
    assert "How useful was the conference for you?" in read(client.get(WHOLE))


def test_empty_form_comes_back_and_a_form_sent_twice_counts_once(client, asked):
    assert "Answer at least one of the questions." in read(send(client, TALK))
    token = uuid.uuid4()
    for _time in range(2):
        send(client, TALK, token=token, useful="very")

    assert Feedback.objects.count() == 1


def test_what_a_program_sends_at_once_is_asked_for_again(client, asked):
    page = client.post(TALK, {"token": uuid.uuid4(), "good": "Buy this"})

    assert "Please send it once more" in read(page)
    assert "Buy this" in page.text
    assert not Feedback.objects.exists()


def test_other_language_keeps_what_is_typed(client, asked):
    page = client.post(
        "/km/2024/feedback/talk/", {"switch": "km", "token": uuid.uuid4(), "good": "Kept words", "useful": "very"}
    )

    assert "Kept words" in page.text
    assert re.search(r'value="very"[^>]*checked', page.text)


def test_form_opens_when_its_session_begins_and_not_without_a_round(client, asked):
    later = "/en/2024/feedback/later/"
    assert "Feedback opens later" in read(client.get(later))
    send(client, later, useful="very")
    assert not Feedback.objects.exists()

    Session.objects.filter(code="talk").update(state=SessionState.CANCELLED)
    versions.publish(asked.edition, by=None)
    forget_kept()
    assert client.get(TALK).status_code == 404
    assert client.get("/en/2024/feedback/nothing/").status_code == 404
    asked.delete()
    assert client.get(WHOLE).status_code == 404


def test_menu_and_page_of_a_session_lead_there_while_it_is_asked(client, asked):
    assert TALK in client.get("/en/2024/agenda/talk/").text
    assert "/en/2024/feedback/later/" not in client.get("/en/2024/agenda/later/").text
    assert f'href="{WHOLE}"' in client.get("/en/2024/").text

    asked.delete()
    forget_kept()
    assert "feedback" not in client.get("/en/2024/agenda/talk/").text
    assert "feedback" not in client.get("/en/2024/").text


def many(asked, number, session_uuid=None, **answers):
    Feedback.objects.bulk_create(
        Feedback(edition=asked.edition, session_uuid=session_uuid, form_token=uuid.uuid4(), language="en", **answers)
        for _one in range(number)
    )


def test_public_numbers_come_in_steps_of_five_once_it_is_over(client, asked):
    talk = Session.objects.get(code="talk").uuid
    many(asked, 11, useful="very")
    many(asked, 2, useful="not")
    many(asked, 9, talk, useful="very")
    assert "10–14" not in read(client.get(WHOLE))

    over(asked)
    page = read(client.get(WHOLE))

    assert "Answers: 10–14" in page
    assert "Very useful 10–14" in page
    assert "Of no use fewer than 5" in page
    assert "Sample talk" not in page  # too few
    assert "11" not in page.replace("2024", "")
    send(client, WHOLE, useful="very")
    assert Feedback.objects.count() == 22


def test_staff_read_a_comment_before_it_is_shown(client, asked):
    many(asked, 10, useful="very")
    send(client, WHOLE, good="Shown words", better="Hidden words")
    send(client, WHOLE, good="Second words")
    staff = member_of(EDITORS, Client())
    over(asked)
    assert "2 comments to read" in read(staff.get("/admin/"))
    assert "words" not in read(client.get(WHOLE))

    rows = staff.get(f"{LIST}?comment_state__exact=unread&edition=2024")
    assert "what was good: Shown words" in read(rows)
    changed = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "Save"}
    for number, form in enumerate(rows.context["cl"].formset.forms):
        state = "shown" if "Shown" in (form.instance.good or "") else "read"
        changed |= {f"form-{number}-id": form.instance.pk, f"form-{number}-comment_state": state}
    assert staff.post(f"{LIST}?comment_state__exact=unread&edition=2024", changed).status_code == 302
    forget_kept()

    page = read(client.get(WHOLE))
    assert "Shown words" in page
    assert "Second words" not in page


def test_staff_have_true_numbers_also_of_a_session_that_is_gone(asked):
    many(asked, 1, useful="very")
    many(asked, 2, uuid.uuid4(), useful="not")

    page = read(member_of(EDITORS, Client()).get(f"{LIST}results/?edition=2024"))

    assert "The whole conference Answers: 1" in page
    assert "A session that is gone Answers: 2" in page


def test_sheet_has_a_code_for_each_session_and_the_conference(asked, django_assert_max_num_queries):
    staff = member_of(EDITORS, Client())
    staff.get(f"{LIST}sheet/?edition=2024")

    with django_assert_max_num_queries(12):
        page = staff.get(f"{LIST}sheet/?edition=2024")

    for address in ("/km/2024/feedback/", "/km/2024/feedback/talk/", "/km/2024/feedback/later/"):
        assert f"{address}</p>" in page.text
    assert page.text.count("<svg") >= 3


@pytest.mark.parametrize("group", ["Registration desk", "Inclusion officers", "Travel desk", "Observers"])
def test_others_of_the_staff_read_no_comment(client, asked, group):
    send(client, WHOLE, good="Sample words")
    staff = member_of(group, Client())

    for address in (LIST, f"{LIST}results/", f"{LIST}sheet/", "/admin/contributions/feedbackround/"):
        assert staff.get(address).status_code == 403


def test_comments_go_on_the_second_date_and_numbers_stay(client, asked):
    send(client, WHOLE, useful="very", good="Sample words")

    (one,) = [one for one in erasing._above(is_sensitive=False) if one.what == "comments in feedback"]
    one.erase(one.rows(asked.edition_id))

    left = Feedback.objects.get()
    assert (left.good, left.useful, left.comment_state) == (None, "very", CommentState.NONE)
    assert not one.rows(asked.edition_id).exists()


def test_summary_takes_as_many_queries_for_many_sessions(asked, django_assert_num_queries):
    programme = versions.published(asked.edition)
    many(asked, 30, useful="very")
    for session in Session.objects.all():
        many(asked, 30, session.uuid, followed="all")

    with django_assert_num_queries(2):
        found = summary.to_pass_on(asked.edition, programme)
    assert len(found) == 3


def test_whole_hall_behind_one_address_can_answer_and_one_browser_is_slowed(asked):
    """Each telephone has its own cookies; the address is the same for all."""
    for _telephone in range(100):
        assert send(Client(), TALK, useful="very").status_code == 302
    flood, answers = Client(), []
    for _time in range(10):
        answers.append(send(flood, TALK, good="The maps").status_code)

    assert answers == [302] * 6 + [429] * 4
    assert Feedback.objects.count() == 106
    assert "The maps" in send(flood, TALK, good="The maps").text
