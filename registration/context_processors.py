from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from conference.models import Edition
from registration.figures.public import took_part
from registration.models import Intake
from registration.places.phases import phase_of, previewed
from registration.places.vacancies import vacancies
from registration.places.without_places import without_places


def intake(request: HttpRequest) -> dict[str, object]:
    """How the edition of the page takes people in, and where it stands; asked only where a page shows it."""
    # A page that belongs to no edition, such as one for an address that is unknown, shows the current one.
    edition: Any = getattr(request, "edition", None) or SimpleLazyObject(Edition.objects.current)
    intake: Any = SimpleLazyObject(lambda: previewed(edition, Intake.of(edition)) if edition else None)
    vacancy: Any = SimpleLazyObject(lambda: vacancies(edition).edition)
    return {
        "intake": intake,
        "vacancy": vacancy,
        "phase": SimpleLazyObject(lambda: phase_of(edition, intake, vacancy)),
        "without_places": SimpleLazyObject(lambda: without_places(edition, intake)),
        "took_part": SimpleLazyObject(lambda: took_part(edition)),
    }
