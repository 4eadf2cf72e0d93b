"""All that the site holds about one person, for that person."""

from registration.models import Arrangement, InclusionAnswers, TravelRequest

# What serves the site and says nothing about the person.
NOT_ANSWERS = {
    *("id", "edition", "registration", "form_token", "link_version"),
    *("name_km_key", "name_latin_key", "registered_by"),
    *("answers", "changed_by"),
}


def everything(registration) -> dict:
    """Sensitive answers opened: only ever for whoever came by their own link."""
    return {
        "registration": _columns(registration),
        "days": [day.date.isoformat() for day in registration.days.all()],
        "access_food_and_groups": _apart(InclusionAnswers, registration),
        "arrangements": [_columns(row) for row in Arrangement.objects.of(registration)],
        "travel": _apart(TravelRequest, registration),
        "agreements": list(registration.consents.values("subject", "answer", "wording", "language", "given_at")),
        "messages": list(registration.messages.order_by("pk").values("kind", "state", "created_at")),
        "attended": [one.day.date.isoformat() for one in registration.attendance.select_related("day")],
    }


def _columns(row):
    names = [field.name for field in row._meta.concrete_fields if field.name not in NOT_ANSWERS]
    return {name: getattr(row, name) for name in names}


def _apart(model, registration):
    row = model.objects.filter(registration=registration).first()
    return _columns(row) if row else None
