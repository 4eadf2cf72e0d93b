"""What a participant has not said yet and may add on their own page. The form of signing up asks for little."""

from collections.abc import Iterable
from enum import StrEnum

from agenda.programme.value import Place
from registration.choices import Agreement, Subject
from registration.models import Consent, Registration
from registration.places.choosable import Choosable


class Addition(StrEnum):
    ORGANISATION = "organisation"
    SESSIONS = "sessions"
    WRITTEN = "written"  # an address to which messages can be written
    LISTED = "listed"


def to_add(
    registration: Registration, chosen: Iterable[Place], agreements: Iterable[Consent], choosable: Choosable
) -> list[Addition]:
    offers = choosable.breakouts or choosable.has_hackathon
    is_open = {
        Addition.ORGANISATION: not registration.organisation,
        Addition.SESSIONS: bool(offers) and not list(chosen) and not registration.hackathon,
        Addition.WRITTEN: not registration.email and not registration.telegram,
        Addition.LISTED: not any(
            one.subject == Subject.PARTICIPANT_LIST and one.answer == Agreement.YES for one in agreements
        ),
    }
    return [addition for addition, is_so in is_open.items() if is_so]
