"""The note of a group: saved as often as the note-taker likes; two phones of one group lose nothing."""

import pytest

from contributions.models import Note
from tests.contributions.voices import make_floor, note_taker_of
from tests.pages import read

pytestmark = pytest.mark.django_db

TEXTS = {"said": "All spoke", "agreed": "Open the budget", "differed": "When", "proposals": "This year"}


@pytest.fixture
def address(edition):
    return note_taker_of(make_floor(edition))


def test_note_is_saved_and_saved_again(client, address):
    client.post(address, TEXTS | {"seen": 0})
    client.post(address, TEXTS | {"agreed": "Open all budgets", "seen": 1})

    note = Note.objects.get()
    assert (note.agreed, note.version) == ("Open all budgets", 2)
    assert "Open all budgets" in read(client.get(address))


def test_note_sent_twice_by_a_shaky_network_is_one(client, address):
    for _time in range(2):
        assert client.post(address, TEXTS | {"seen": 0}).status_code == 302

    assert Note.objects.get().version == 1


def test_two_phones_of_one_group_lose_nothing(client, address):
    client.post(address, TEXTS | {"seen": 0})

    page = client.post(address, TEXTS | {"said": "Of the other phone", "seen": 0})

    assert page.status_code == 409
    assert "Of the other phone" in read(page)
    assert "All spoke" in read(page)
    assert Note.objects.get().said == "All spoke"
    joined = TEXTS | {"said": "All spoke. Of the other phone", "seen": page.context["form"]["seen"].value()}
    assert client.post(address, joined).status_code == 302
    assert Note.objects.get().said == "All spoke. Of the other phone"


def test_text_that_is_too_long_is_kept_on_the_page(client, address):
    page = client.post(address, TEXTS | {"said": "x" * 20_001, "seen": 0})

    assert page.status_code == 400
    assert page.context["form"]["said"].value() == "x" * 20_001


def test_worker_of_the_page_lies_where_it_rules_over_notes_alone(client, address):
    worker = "/en/notes/worker.js"

    answer = client.get(worker)

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert f'data-worker="{worker}"' in client.get(address).text
    assert client.post(worker).status_code == 405
