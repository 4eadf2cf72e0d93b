from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from registration.models import Intake
from registration.places.vacancies import vacancies


def intake(request: HttpRequest) -> dict[str, object]:
    """How the edition of the page takes people in, and how full it is; asked only where a page shows it."""
    edition = getattr(request, "edition", None)
    if edition is None:
        return {"intake": None}
    return {
        "intake": SimpleLazyObject(lambda: Intake.of(edition)),
        "vacancy": SimpleLazyObject(lambda: vacancies(edition).edition),
    }
