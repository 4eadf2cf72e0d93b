"""The facilitator's page and the hall's screen: by an own link, with plain buttons."""

import pytest
from django.db import connection
from django.test import Client

from contributions.floor import taking
from contributions.floor.links import voice_address
from contributions.models import FloorLink, Handled, Takes, Voice, VoiceState
from tests.contributions.voices import address_of, facilitator_of, make_floor, make_voice, note_taker_of, typed
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor(edition):
    return make_floor(edition, takes=Takes.QUESTIONS)


@pytest.mark.parametrize(
    ("act", "state", "handled"),
    [
        ("show", VoiceState.SHOWN, Handled.OPEN),
        ("hide", VoiceState.HIDDEN, Handled.OPEN),
        ("answered", VoiceState.WAITING, Handled.ANSWERED),
        ("parked", VoiceState.WAITING, Handled.PARKED),
        ("nonsense", VoiceState.WAITING, Handled.OPEN),
    ],
)
def test_button_does_what_it_says(client, floor, act, state, handled):
    row = make_voice(floor, state=VoiceState.WAITING)

    assert client.post(facilitator_of(floor), {"do": f"{act}:{row.code}"}).status_code == 302

    row.refresh_from_db()
    assert (row.state, row.handled) == (state, handled)


def test_facilitator_goes_on_in_the_part_of_the_page_where_the_button_was(client, floor):
    waits, asked, address = make_voice(floor, state=VoiceState.WAITING), make_voice(floor), facilitator_of(floor)

    assert client.post(address, {"do": f"show:{waits.code}"}).url == f"{address}?done#waiting"
    assert client.post(address, {"do": f"answered:{asked.code}"}).url == f"{address}?done#asked"
    assert client.post(address, {"do": "merge", "ticked": [waits.code, asked.code]}).url == f"{address}?merged#asked"
    assert client.post(address, {"do": "merge"}).url == f"{address}?one"


def test_what_waits_can_be_merged_too(client, floor):
    for _number in range(2):
        make_voice(floor, state=VoiceState.WAITING)

    assert 'value="merge"' in client.get(facilitator_of(floor)).text


@pytest.mark.parametrize("sent", [{"do": "show:\x00"}, {"do": "merge", "ticked": ["\x00"]}])
def test_button_with_a_null_character_is_no_error_of_the_server(client, floor, sent):
    """PostgreSQL refuses it: the site says that it does not take it. SQLite finds nothing of that name."""
    refused = 400 if connection.vendor == "postgresql" else 302

    assert client.post(facilitator_of(floor), sent).status_code == refused


def test_facilitator_changes_nothing_of_another_floor(client, edition, floor):
    theirs = make_voice(make_floor(edition), state=VoiceState.WAITING)

    client.post(facilitator_of(floor), {"do": f"show:{theirs.code}"})

    theirs.refresh_from_db()
    assert theirs.state == VoiceState.WAITING


def test_same_questions_stand_behind_the_one_most_people_want(client, floor):
    few, most = make_voice(floor, "Few want it", likes=1), make_voice(floor, "Most want it", likes=9)
    client.post(facilitator_of(floor), {"do": "merge", "ticked": [few.code, most.code]})

    page = read(client.get(address_of(floor)))
    assert "Most want it" in page
    assert "1 more says the same" in page
    assert "Few want it" not in page

    most.refresh_from_db()
    taking.part_again(most)
    assert "Few want it" in read(client.get(address_of(floor)))


def test_others_stay_in_sight_when_the_one_before_them_is_taken_back(client, floor):
    first, second, third = (
        make_voice(floor, text, likes=likes) for text, likes in (("A", 3), ("Theirs", 2), ("C", 1))
    )
    taking.merge([first, second, third])

    taking.withdraw(first)

    page = read(client.get(address_of(floor)))
    assert "Theirs" in page
    assert "1 more says the same" in page


def test_others_stay_in_sight_when_the_one_before_them_is_hidden(client, floor):
    first, second, third = (
        make_voice(floor, text, likes=likes) for text, likes in (("A", 3), ("B words", 2), ("C", 1))
    )
    taking.merge([first, second, third])

    client.post(facilitator_of(floor), {"do": f"hide:{first.code}"})

    page = read(client.get(address_of(floor)))
    assert "B words" in page
    assert "1 more says the same" in page


def test_what_waits_is_looked_at_though_the_one_before_it_is_hidden(client, floor):
    first, second = make_voice(floor, "First"), make_voice(floor, "Unread words", state=VoiceState.WAITING)
    taking.merge([first, second])
    address = facilitator_of(floor)

    client.post(address, {"do": f"hide:{first.code}"})

    assert [row.text for row in client.get(address).context["waiting"]] == ["Unread words"]


def test_one_that_is_shown_comes_before_the_one_that_waits(client, floor):
    first, second = (make_voice(floor, text, state=VoiceState.WAITING) for text in ("First words", "Second words"))
    taking.merge([first, second])

    taking.show([second])

    assert "Second words" in read(client.get(address_of(floor)))


def test_state_that_staff_choose_in_the_form_keeps_others_in_sight(client, staff_client, floor):
    first, second = (make_voice(floor, text) for text in ("First words", "Second words"))
    taking.merge([first, second])

    staff_client.post(
        f"/admin/contributions/voice/{first.pk}/change/", {"state": "waiting", "handled": "", "piece": ""}
    )

    assert "Second words" in read(client.get(address_of(floor)))


def test_what_is_hidden_is_not_counted_with_those_that_say_the_same(client, floor):
    first, second = make_voice(floor, likes=2), make_voice(floor)
    taking.merge([first, second])

    taking.hide([second])

    assert "more says the same" not in read(client.get(address_of(floor)))


def test_writer_reads_behind_which_words_the_own_ones_stand(client, floor):
    first, second = make_voice(floor, "Words of all", likes=2), make_voice(floor, "My words")
    taking.merge([first, second])

    page = read(client.get(voice_address(second)))

    assert "It is shown together with others that say the same" in page
    assert "Words of all" in page


def test_one_that_is_taken_back_is_not_counted_with_those_that_say_the_same(client, floor):
    first, second = make_voice(floor, likes=2), make_voice(floor)
    taking.merge([first, second])
    second.refresh_from_db()

    taking.withdraw(second)

    assert "more says the same" not in read(client.get(address_of(floor)))


@pytest.mark.parametrize("state", [VoiceState.WAITING, VoiceState.HIDDEN])
def test_what_is_shown_does_not_vanish_behind_what_is_not(client, floor, state):
    shown, other = make_voice(floor, "Shown words", likes=1), make_voice(floor, "Other words", likes=9, state=state)

    client.post(facilitator_of(floor), {"do": "merge", "ticked": [shown.code, other.code]})

    assert "Shown words" in read(client.get(address_of(floor)))


def test_what_was_merged_goes_along_when_merged_again(floor):
    first, second, third = (make_voice(floor, likes=number) for number in (1, 2, 3))
    taking.merge([first, second])
    taking.merge([second, third])

    assert set(third.merged.all()) == {first, second}


def test_spoken_question_is_typed_in_and_shown(client, floor):
    client.post(facilitator_of(floor), typed("Asked aloud"))

    row = Voice.objects.get()
    assert (row.is_spoken, row.state) == (True, VoiceState.SHOWN)


def test_screen_shows_open_questions_and_the_way_to_ask(client, floor):
    make_voice(floor, "Open question", likes=2)
    make_voice(floor, "Answered question", handled=Handled.ANSWERED)
    make_voice(floor, "Unseen question", state=VoiceState.WAITING)

    answer = client.get(f"{address_of(floor)}screen/")
    page = read(answer)

    assert "Open question" in page
    assert "Answered question" not in page
    assert "Unseen question" not in page
    assert f"/voices/{floor.code}/" in page
    assert 'http-equiv="refresh"' in answer.text
    assert 'http-equiv="refresh"' not in client.get(f"{address_of(floor)}screen/?still=1").text


@pytest.mark.parametrize("make", [facilitator_of, note_taker_of])
def test_closed_link_opens_as_little_as_a_wrong_one(floor, make):
    address = make(floor)
    client = Client()
    assert client.get(address).status_code == 200
    FloorLink.objects.update(is_open=False)

    closed, wrong = client.get(address), client.get(address[:-3] + "x/")

    assert closed.status_code == wrong.status_code == 404
    assert read(closed) == read(wrong)


def test_link_of_a_note_taker_opens_no_facilitators_page(client, floor):
    address = note_taker_of(floor).replace("/notes/", "/facilitator/")

    assert client.get(address).status_code == 404
