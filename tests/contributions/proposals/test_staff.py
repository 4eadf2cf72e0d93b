"""The pages of the staff: a call is published by a press, reviewers get their links."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.utils import translation

from agenda.editions.copying import copy_edition
from contributions import links
from contributions.models import Call, Criterion, Reviewer
from contributions.proposals import publishing
from registration.models import AccessLog, log_words
from tests.contributions.samples import make_call, make_proposal, make_reviewer
from tests.contributions.voices import address_of, make_floor
from tests.factories import make_session

LIST = "/admin/contributions/call/"


def look(call):
    return f"{LIST}{call.pk}/look/"


def reviewers(call):
    return f"{LIST}{call.pk}/reviewers/"


def test_a_call_is_published_by_a_press_and_taken_back(staff_client, client, edition):
    call = make_call(edition, is_published=False)
    public = f"/en/{edition.year}/calls/{call.pk}/"
    assert "The public does not see this call." in staff_client.get(look(call)).content.decode()

    staff_client.post(look(call), {"publish": "1"})
    assert client.get(public).status_code == 200
    Call.objects.update(title_en="Changed sample call")
    assert "waits to be published" in staff_client.get(look(call)).content.decode()
    assert "public, and changes wait" in staff_client.get(LIST, {"edition": "all"}).content.decode()

    staff_client.post(look(call), {"back": "1"})
    call.refresh_from_db()
    assert call.published is None


def test_a_call_without_a_deadline_is_not_published(staff_client, edition):
    call = make_call(edition, is_published=False, closes_at=None)

    page = staff_client.post(look(call), {"publish": "1"}, follow=True).content.decode()

    assert "Nothing was published" in page
    assert Call.objects.get().published is None


def test_staff_write_a_call_with_topics_of_its_edition_and_criteria(staff_client, edition, session):
    make_session(session.day, title_en="Sample session that has its speaker")
    data = {
        "edition": edition.pk,
        "title_en": "Written call",
        "hides_names": "on",
        "topics-TOTAL_FORMS": "1",
        "topics-INITIAL_FORMS": "0",
        "topics-0-session": session.pk,
        "criteria-TOTAL_FORMS": "1",
        "criteria-INITIAL_FORMS": "0",
        "criteria-0-name_en": "Use",
        "criteria-0-position": "0",
        "topics-0-position": "0",
        "_look": "1",
    }
    answer = staff_client.post(f"{LIST}add/", data)

    call = Call.objects.get()
    assert answer.url == look(call)
    assert call.topics.get().session == session
    assert Criterion.objects.get().name_en == "Use"
    page = staff_client.get(f"{LIST}{call.pk}/change/").content.decode()
    assert "Sample theme" in page  # the topic has no title of its own
    assert "Sample session that has its speaker" not in page


def test_reviewers_are_added_a_line_each_and_get_links(staff_client, client, call):
    make_proposal(call)
    staff_client.post(reviewers(call), {"add": "1", "names": "SAMPLE One\n\n SAMPLE  Two \n"})

    one, two = Reviewer.objects.all()
    assert (one.name, two.name) == ("SAMPLE One", "SAMPLE Two")
    assert links.token_for("reviewer", one) not in staff_client.get(reviewers(call)).content.decode()
    assert not AccessLog.objects.exists()

    shown = staff_client.post(reviewers(call), {"link": str(one.pk)}).content.decode()
    address = re.search(r"/en/review/[\w-]+/", shown)[0]
    assert "Sample talk" in client.get(address).content.decode()
    assert AccessLog.objects.get().subject == f"reviewer {one.pk}"

    staff_client.post(reviewers(call), {"renew": str(one.pk)})
    assert client.get(address).status_code == 404
    staff_client.post(reviewers(call), {"switch": str(two.pk)})
    assert not Reviewer.objects.get(pk=two.pk).is_active


def test_rights_are_asked(client, call, django_user_model):
    one = make_proposal(call, needs={"access_note": "Sample"})
    make_reviewer(call)
    user = django_user_model.objects.create_user("observer", is_staff=True)
    client.force_login(user)
    pages = [
        *(LIST, look(call), reviewers(call), "/admin/contributions/proposal/"),
        *(f"/admin/contributions/proposal/{one.pk}/change/", f"/admin/contributions/proposal/{one.pk}/file/"),
        *("/admin/contributions/reviewer/", f"/admin/contributions/proposalneeds/{one.needs.pk}/change/"),
    ]
    assert {client.get(page).status_code for page in pages} == {403}

    user.user_permissions.set(Permission.objects.filter(codename__in=["view_proposal", "view_call", "view_reviewer"]))
    change = f"/admin/contributions/proposal/{one.pk}/change/"
    assert client.get(change).status_code == client.get(look(call)).status_code == 200
    for page, pressed in [(change, "names"), (change, "decide"), (look(call), "publish"), (reviewers(call), "add")]:
        assert client.post(page, {pressed: "1", "names": "SAMPLE"}).status_code == 403


def test_the_need_of_a_proposer_is_seen_by_officers_with_a_line_in_the_log(client, call, django_user_model):
    one = make_proposal(call, needs={"access_note": "Sample need", "access_needs": ["captions"], "gender": "woman"})
    officer = django_user_model.objects.create_user("officer", is_staff=True)
    officer.user_permissions.set(Permission.objects.filter(codename="view_proposalneeds"))
    client.force_login(officer)

    page = client.get(f"/admin/contributions/proposalneeds/{one.needs.pk}/change/").content.decode()

    assert "Sample need" in page
    assert "Captions on a screen" in page
    assert "SAMPLE Speaker" not in page
    assert one.spoken_code in AccessLog.objects.get().subject


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_takes_as_many_queries_for_many(staff_client, call, number, django_assert_max_num_queries):
    for _number in range(number):
        make_proposal(call)

    with django_assert_max_num_queries(16):
        staff_client.get("/admin/contributions/proposal/", {"edition": "all"})


@pytest.mark.parametrize("subject", ["proposal X", "proposalneeds X", "reviewer 5", "input X", "inputs 2030"])
def test_line_of_the_access_log_says_in_khmer_what_it_is_about(subject):
    with translation.override("km"):
        assert re.fullmatch(r"[ក-៹ ]+ (X|5|2030)", log_words.subject(subject))


def test_session_can_go_though_a_call_and_a_floor_are_of_it(client, edition, session):
    call, floor = make_call(edition, session=session), make_floor(edition, session=session, title_en="", title_km="")
    call.topics.update(name_en="", name_km="")
    publishing.publish(call)

    session.delete()

    assert [topic.name.en for topic in publishing.published_call(call).topics] == ["Sample theme"]
    assert not publishing._frozen(call)["topics"]
    assert client.get(address_of(floor)).status_code == 404
    for row in (call.topics.get(), floor):
        row.refresh_from_db()
        with pytest.raises(ValidationError):
            row.full_clean()


def test_a_copied_edition_has_the_call_as_a_draft_with_its_criteria(call, edition):
    new = copy_edition(edition, date(2031, 3, 26))

    copied = new.calls.get()
    assert (copied.title_en, copied.published, copied.closes_at) == ("Sample call", None, None)
    assert copied.criteria.count() == 2
    assert edition.calls.get().criteria.count() == 2
    assert publishing.published(edition)
