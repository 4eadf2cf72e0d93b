from django.utils.functional import SimpleLazyObject

from registration.models import Intake


def intake(request):
    """How the edition of the page takes people in; asked of the database only where a page shows it."""
    edition = getattr(request, "edition", None)
    return {"intake": SimpleLazyObject(lambda: Intake.of(edition)) if edition else None}
