"""How full it is, in words: free, few, waiting list. Never a number, and never newer than a minute.

A number, read before and after a sign-up, would tell whether that person had signed up already.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count

from conference.models import Edition
from registration.choices import Vacancy
from registration.places.hall import Hall, intakes_with_rules

KEPT_SECONDS = 60
FEW_SHARE, FEW_AT_LEAST = 0.1, 3  # of the places


@dataclass(frozen=True)
class Vacancies:
    edition: Vacancy
    days: dict[int, Vacancy]  # by key of the day; only those that have a limit of their own
    sessions: dict[str, Vacancy]  # by uuid of the theme or room, likewise


def vacancies(edition: Edition) -> Vacancies:
    """As it was at most a minute ago."""
    found: Vacancies | None = cache.get_or_set(f"vacancies-{edition.pk}", lambda: _look(edition), KEPT_SECONDS)
    return found or _look(edition)


def _look(edition: Edition) -> Vacancies:
    intake = intakes_with_rules().filter(edition=edition).first()
    if intake is None:
        return Vacancies(Vacancy.FREE, {}, {})
    hall = Hall(intake)
    rooms = intake.breakout_places.annotate(taken=Count("session__breakout_choices")).select_related("session")
    return Vacancies(
        edition=Vacancy.FULL if intake.has_waiting_list else in_words(hall.left_for_all or 0, intake.capacity),
        days={day: in_words(left, places) for day, (left, places) in hall.left_on_days().items()},
        sessions={str(row.session.uuid): in_words(row.places - row.taken, row.places) for row in rooms},
    )


def in_words(left: int, places: int | None) -> Vacancy:
    """`left` of `places`; None of them is no limit."""
    if places is None:
        return Vacancy.FREE
    if left <= 0:
        return Vacancy.FULL
    return Vacancy.FEW if left <= max(FEW_AT_LEAST, places * FEW_SHARE) else Vacancy.FREE
