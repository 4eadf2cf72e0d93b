"""What a participant has not said yet and may add on their own page. The form of signing up asks for little."""

from collections.abc import Iterable
from enum import StrEnum

from agenda.choices import Kind
from agenda.programme.value import Place, Programme
from registration.choices import Agreement, Subject
from registration.models import Consent, ExtraQuestion, Registration
from registration.places.days import is_past


class Addition(StrEnum):
    ORGANISATION = "organisation"
    SECTOR = "sector"
    PROVINCE = "province"
    SESSIONS = "sessions"
    WRITTEN = "written"  # an address to which messages can be written
    LISTED = "listed"
    FURTHER = "further"  # a question of our own that is asked since


def to_add(
    registration: Registration,
    chosen: Iterable[Place],
    agreements: Iterable[Consent],
    programme: Programme,
    questions: Iterable[ExtraQuestion],
) -> list[Addition]:
    """`questions` have the answers of the person with them."""
    offers = any(
        place.session.kind in (Kind.BREAKOUT, Kind.HACKATHON) and not is_past(registration.edition, place.day.date)
        for place in programme.places.values()
    )
    is_open = {
        Addition.ORGANISATION: not registration.organisation,
        Addition.SECTOR: not registration.sector,  # who came with a list was not asked
        Addition.PROVINCE: not registration.province,
        Addition.SESSIONS: offers and not list(chosen) and not registration.hackathon,
        Addition.WRITTEN: not registration.email and not registration.telegram,
        Addition.LISTED: not any(
            one.subject == Subject.PARTICIPANT_LIST and one.answer == Agreement.YES for one in agreements
        ),
        Addition.FURTHER: any(one.is_asked and not (one.given or {}).get(one.key) for one in questions),
    }
    return [addition for addition, is_so in is_open.items() if is_so]
