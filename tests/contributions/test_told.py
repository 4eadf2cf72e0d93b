"""What a page says of itself to search engines, and to who gets its address in a message."""

import pytest

from contributions import links
from contributions.floor.links import voice_address
from tests.contributions.samples import make_call, make_proposal
from tests.contributions.voices import address_of, facilitator_of, make_floor, make_voice, note_taker_of
from tests.pages import told


def proposal_of(edition):
    return f"/en/proposal/{links.token_for('proposal', make_proposal(make_call(edition)))}/"


OF_ONE_PERSON = {
    "proposal": proposal_of,
    "voice": lambda edition: voice_address(make_voice(make_floor(edition))),
    "facilitator": lambda edition: facilitator_of(make_floor(edition)),
    "note": lambda edition: note_taker_of(make_floor(edition)),
}


@pytest.mark.parametrize("kind", OF_ONE_PERSON)
def test_link_of_one_person_tells_nothing_to_others(client, edition, kind):
    assert told(client, OF_ONE_PERSON[kind](edition)) == {"robots": "noindex"}


def test_open_floor_is_told_by_its_introduction_in_the_language_of_the_page(client, edition):
    floor = make_floor(edition, intro_en="Read the sample.", intro_km="សូមអានគំរូ។")

    assert [told(client, address_of(floor, language))["og:description"] for language in ("en", "km")] == [
        "Read the sample.",
        "សូមអានគំរូ។",
    ]
