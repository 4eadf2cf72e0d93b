"""For which sessions signing up brings no place, as the public may know it: the same words as on the form."""

from agenda.choices import Kind
from agenda.programme.value import Session
from agenda.publishing import chosen
from agenda.publishing.versions import published
from conference.models import Edition
from registration.choices import Vacancy
from registration.models import Intake
from registration.places.vacancies import vacancies

ROOMS = (Kind.THEME, Kind.BREAKOUT)  # which participants choose in a breakout


def without_places(edition: Edition, intake: Intake | None) -> frozenset[str]:
    """By uuid: all where sign-up is closed or the conference is full, else those of full days and of full rooms."""
    programme = published(edition)
    left = vacancies(edition)
    closed = not intake or not intake.is_open or left.edition == Vacancy.FULL
    full_days = {day.date for day in chosen.days(edition, programme) if left.days.get(day.pk or 0) == Vacancy.FULL}

    def is_full(session: Session) -> bool:
        rooms = [one for one in session.children if one.kind in ROOMS]
        return left.sessions.get(session.uuid) == Vacancy.FULL or (bool(rooms) and all(map(is_full, rooms)))

    return frozenset(
        place.session.uuid
        for place in programme.places.values()
        if closed or place.session.is_cancelled or place.day.date in full_days or is_full(place.session)
    )
