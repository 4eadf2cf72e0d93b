"""Reviewers see what they may, in a fair order, and never who proposed where the call hides it."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contributions import links
from contributions.models import Call, Proposal, Review
from contributions.proposals import publishing, reviewing
from registration.models import AccessLog
from tests.contributions.samples import (
    EMAIL,
    LINK,
    NAME,
    NEED,
    NGO,
    OF_HIDDEN,
    OTHER_NAME,
    make_call,
    make_hidden_proposal,
    make_proposal,
    make_reviewer,
    proposal_data,
)
from tests.pages import read

HIDDEN = [*OF_HIDDEN, "%PDF"]


@pytest.fixture
def proposal(call):
    return make_hidden_proposal(call)


def page(reviewer, code="", part=""):
    return f"/en/review/{links.token_for('reviewer', reviewer)}/{f'{code}/' if code else ''}{part}"


def scores(call, *given):
    return {f"criterion_{one.pk}": given[place] for place, one in enumerate(call.criteria.all())}


def test_names_stay_hidden_until_it_is_published_that_they_are_shown(proposal, call):
    reviewer = make_reviewer(call)
    Call.objects.update(hides_names=False)

    _row, shown = reviewing.one_to_review(reviewer, proposal.code)
    assert (shown.speakers, shown.link, shown.has_file) == ((), "", False)
    assert not Proposal.objects.get().shows_names

    publishing.publish(Call.objects.get())
    later = make_proposal(Call.objects.get())
    assert reviewing.one_to_review(reviewer, later.code)[1].speakers
    assert Proposal.objects.get(pk=later.pk).shows_names


def test_who_proposed_while_names_were_hidden_stays_hidden(client, staff_client, proposal, call):
    reviewer = make_reviewer(call)
    Call.objects.update(hides_names=False)
    look = f"/admin/contributions/call/{call.pk}/look/"
    assert "1 proposal came while names were hidden. It stays hidden" in read(staff_client.get(look))

    staff_client.post(look, {"publish": "1"})

    pages = [client.get(page(reviewer, proposal.code)), client.get(page(reviewer)), staff_client.get(look)]
    assert [word for one in pages for word in HIDDEN if word in read(one)] == []
    assert client.get(page(reviewer, proposal.code, "file/")).status_code == 404
    assert not Proposal.objects.get().shows_names


def test_form_says_what_is_kept_with_the_proposal(client, call):
    client.post(f"/en/{call.edition.year}/calls/{call.pk}/propose/", proposal_data(call))
    Call.objects.update(hides_names=False)
    publishing.publish(Call.objects.get())
    client.post(f"/en/{call.edition.year}/calls/{call.pk}/propose/", proposal_data(call))

    assert list(Proposal.objects.order_by("pk").values_list("names_hidden", flat=True)) == [True, False]


def test_a_call_that_shows_names_shows_them_with_the_file(client, proposal, call):
    Call.objects.update(hides_names=False)
    Proposal.objects.update(names_hidden=False)
    publishing.publish(Call.objects.get())
    reviewer = make_reviewer(call)

    shown = client.get(page(reviewer, proposal.code)).content.decode()
    assert all(word in shown for word in (NAME, OTHER_NAME, NGO, LINK))
    assert not any(word in shown for word in (EMAIL, "12777888", "012 777 888", NEED))
    answer = client.get(page(reviewer, proposal.code, "file/"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{proposal.spoken_code}.pdf"'
    assert b"".join(answer.streaming_content) == b"%PDF-1"


def test_others_scores_are_unseen_before_ones_own(client, proposal, call):
    first, second = make_reviewer(call), make_reviewer(call, "SAMPLE Second")
    criteria = [str(one.pk) for one in call.criteria.all()]
    reviewing.save(first, proposal, scores=dict.fromkeys(criteria, 5), comment="Praise of the first")

    assert "Praise of the first" not in client.get(page(second, proposal.code)).content.decode()
    wrong = client.post(page(second, proposal.code), {"comment": "Half"})
    assert "Choose a score from 1 to 5." in wrong.content.decode()
    assert "Half" in wrong.content.decode()
    assert "Praise of the first" not in wrong.content.decode()
    client.post(page(second, proposal.code), scores(call, 2, 3) | {"comment": "Mine"})
    after = client.get(page(second, proposal.code)).content.decode()
    assert "Praise of the first" in after
    assert "SAMPLE Reviewer" not in after
    assert Review.objects.get(reviewer=second).scores == dict(zip(criteria, (2, 3), strict=True))


def test_a_conflict_hides_the_proposal_and_takes_the_scores_along(client, proposal, call):
    reviewer = make_reviewer(call)
    client.post(page(reviewer, proposal.code), scores(call, 1, 1) | {"comment": "Sample"})

    client.post(page(reviewer, proposal.code), {"conflict": "1"})

    assert client.get(page(reviewer, proposal.code)).status_code == 404
    assert client.post(page(reviewer, proposal.code), scores(call, 5, 5)).status_code == 404
    assert proposal.spoken_code not in client.get(page(reviewer)).content.decode()
    one = Review.objects.get()
    assert (one.has_conflict, one.scores, one.comment) == (True, {}, "")
    assert reviewing.overall([one]) is None


def test_a_reviewer_opens_nothing_of_another_call(client, edition, proposal, call):
    stranger = make_reviewer(make_call(edition, title_en="Another sample call"))

    assert client.get(page(stranger, proposal.code)).status_code == 404
    assert client.post(page(stranger, proposal.code), {"conflict": "1"}).status_code == 404
    assert proposal.spoken_code not in client.get(page(stranger)).content.decode()


def test_a_reviewer_who_is_stopped_or_has_a_new_link_opens_nothing(client, call):
    reviewer = make_reviewer(call)
    before = page(reviewer)
    assert client.get(before).status_code == 200

    reviewer.link_version += 1
    reviewer.save()
    assert client.get(before).status_code == 404
    assert client.get(page(reviewer)).status_code == 200
    reviewer.is_active = False
    reviewer.save()
    assert client.get(page(reviewer)).status_code == 404


def test_the_order_is_fair_repeatable_and_each_reviewers_own(call):
    rows = [make_proposal(call, title_en=f"Sample {number}") for number in range(8)]
    one, two = make_reviewer(call), make_reviewer(call, "SAMPLE Second")
    order = [shown.code for shown in reviewing.to_review(one)]
    assert order == [shown.code for shown in reviewing.to_review(one)]
    assert order != [shown.code for shown in reviewing.to_review(two)]

    for row in rows[:7]:
        reviewing.save(two, row, scores={}, comment="")
    assert reviewing.to_review(one)[0].code == rows[7].code
    assert next(shown.code for shown in reviewing.to_review(two)) == rows[7].code
    assert [one.done for one in reviewing.progress_of(call.pk)] == [0, 7]


def test_queries_do_not_grow_with_proposals(client, call):
    reviewer, taken = make_reviewer(call), []
    for number in (1, 1, 30):  # the first asks for what stays known
        for _number in range(number):
            make_proposal(call)
        with CaptureQueriesContext(connection) as captured:
            shown = client.get(page(reviewer)).content.decode()
        taken.append(len(captured))

    assert shown.count("Sample talk") == 32
    assert taken[1] == taken[2]


def test_staff_see_hidden_names_after_a_press_that_is_noted_and_in_no_list(client, proposal, call, django_user_model):
    editor = django_user_model.objects.create_user("editor", is_staff=True)
    rights = ("view_proposal", "change_proposal", "view_call", "view_reviewer", "view_review")
    editor.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(editor)
    one = f"/admin/contributions/proposal/{proposal.pk}/change/"

    for address in (
        "/admin/",
        "/admin/contributions/proposal/?edition=all",
        one,
        f"{one.replace('change', 'history')}",
    ):
        assert [word for word in HIDDEN if word in client.get(address).content.decode()] == [], address
    assert not AccessLog.objects.exists()
    found = client.get("/admin/contributions/proposal/", {"q": NAME, "edition": "all"}).content.decode()
    assert proposal.spoken_code not in found

    shown = client.post(one, {"names": "1"}).content.decode()
    assert all(word in shown for word in (NAME, OTHER_NAME, NGO, EMAIL))
    assert NEED not in shown
    assert AccessLog.objects.get().subject == f"proposal {proposal.spoken_code}"
    assert client.get("/admin/contributions/proposalneeds/").status_code == 403


def test_after_the_decision_staff_see_names(staff_client, proposal):
    Proposal.objects.update(state="declined")

    assert NAME in staff_client.get(f"/admin/contributions/proposal/{proposal.pk}/change/").content.decode()
