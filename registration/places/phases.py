"""Where an edition stands: one answer for the pages of visitors and of staff."""

from conference.models import Edition
from registration.choices import Phase, Vacancy
from registration.models import Intake


def phase_of(edition: Edition, intake: Intake | None, vacancy: Vacancy) -> Phase:
    """On its days an edition is running, and may still be open for sign-up: `Intake.is_open` says so.

    How full it is matters only while it is open: `vacancy` may be lazy.
    """
    if edition.is_over:
        return Phase.OVER
    if edition.is_running:
        return Phase.RUNNING
    if not intake or intake.is_yet_to_open:
        return Phase.PREPARED
    if not intake.is_open:
        return Phase.CLOSED
    return Phase.FULL if vacancy == Vacancy.FULL else Phase.OPEN
