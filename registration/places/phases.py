"""Where an edition stands: one answer for the pages of visitors and of staff."""

import copy
from datetime import timedelta

from conference import clock
from conference.models import Edition
from registration.choices import Phase, Previewed, Vacancy
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


def previewed(edition: Edition, intake: Intake | None) -> Intake | None:
    """The intake as staff look at it: as it will be in the phase that the page previews. It is never stored so."""
    if not edition.previews_phase:
        return intake
    shown = copy.copy(intake) if intake else Intake(edition=edition)
    if edition.previews_phase == Previewed.OPEN:
        shown.opens_at, shown.closes_at = clock.now() - timedelta(minutes=1), None
    elif not shown.is_yet_to_open:
        shown.opens_at = None
    return shown
