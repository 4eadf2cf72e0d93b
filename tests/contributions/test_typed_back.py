"""What a visitor types is not lost where staff take the page off meanwhile: it comes back, with a word about it."""

import uuid

import pytest

from contributions import links
from contributions.models import FeedbackRound, FloorLink, Proposal, Review, Reviewer, Voice
from contributions.proposals import publishing
from tests.contributions.samples import make_call, make_proposal, make_reviewer, proposal_data
from tests.contributions.voices import address_of, facilitator_of, make_floor, note_taker_of, typed
from tests.pages import read

pytestmark = pytest.mark.django_db
SAID = "This was taken off while you wrote"


@pytest.fixture
def call(edition):
    return make_call(edition)


def came_back(answer, *words):
    assert answer.status_code == 404
    page = read(answer)
    assert SAID in page
    assert [word for word in words if word not in answer.content.decode()] == []


def test_call_that_is_taken_back(client, call):
    publishing.take_back(call)

    answer = client.post(f"/en/{call.edition.year}/calls/{call.pk}/propose/", proposal_data(call, phone="012 345 678"))

    came_back(answer, "Sample talk", "What the sample shows.", "SAMPLE Speaker", "012 345 678")
    assert not Proposal.objects.exists()


def test_change_of_a_proposal_whose_call_is_taken_back(client, call):
    row = make_proposal(call)
    publishing.take_back(call)

    came_back(
        client.post(
            f"/en/proposal/{links.token_for('proposal', row)}/change/", proposal_data(call, title_en="Typed anew")
        ),
        "Typed anew",
    )


@pytest.mark.parametrize("how", ["stopped", "withdrawn"])
def test_review_of_what_is_gone(client, call, how):
    reviewer, row = make_reviewer(call), make_proposal(call)
    if how == "stopped":
        Reviewer.objects.update(is_active=False)
    else:
        Proposal.objects.update(state="withdrawn")
    address = f"/en/review/{links.token_for('reviewer', reviewer)}/{row.code}/"

    came_back(client.post(address, {"comment": "A long comment"}), "A long comment")
    assert client.get(address).status_code == 404
    assert not Review.objects.exists()


@pytest.mark.parametrize("how", ["not public", "gone"])
def test_floor_that_is_taken_off(client, edition, how):
    floor = make_floor(edition)
    address = address_of(floor)
    if how == "gone":
        floor.delete()
    else:
        floor.is_public = False
        floor.save()

    came_back(client.post(address, typed("Typed for long", name="Sample Person")), "Typed for long", "Sample Person")
    assert not Voice.objects.exists()
    assert SAID not in read(client.post(address, {"text": " "}))


@pytest.mark.parametrize(("link", "field"), [(facilitator_of, "text"), (note_taker_of, "agreed")])
def test_own_link_that_is_closed(client, edition, link, field):
    address = link(make_floor(edition))
    FloorLink.objects.update(is_open=False)

    came_back(client.post(address, {field: "Typed for long", "form_token": uuid.uuid4()}), "Typed for long")


def test_round_of_feedback_that_is_taken_away(client, edition):
    assert not FeedbackRound.objects.exists()

    came_back(client.post(f"/en/{edition.year}/feedback/", {"good": "The maps"}), "The maps")


def test_what_comes_back_is_no_code(client, edition):
    answer = client.post(f"/en/{edition.year}/voices/nowhere/", {"text": "<script>alert(1)</script>"})

    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
