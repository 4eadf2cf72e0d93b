"""All that the site holds about one person, for that person."""

from registration.models import InclusionAnswers, Stay, TravelDecision, TravelExpense, TravelRequest

# What serves the site and says nothing about the person.
NOT_ANSWERS = {
    *("id", "edition", "registration", "form_token", "link_version"),
    *("name_km_key", "name_latin_key", "registered_by"),
    *("travel_request", "decided_by", "paid_by"),
}


def everything(registration) -> dict:
    """Sensitive answers opened: only ever for whoever came by their own link."""
    return {
        "registration": _columns(registration),
        "days": [day.date.isoformat() for day in registration.days.all()],
        "access_food_and_groups": _apart(InclusionAnswers, registration),
        "travel": _apart(TravelRequest, registration),
        "travel_decision": _apart(TravelDecision, registration, "travel_request__registration"),
        "nights_in_hotels": [_columns(row) | {"room": str(row.room)} for row in _of(Stay, registration)],
        "travel_money": [_columns(row) for row in _of(TravelExpense, registration)],
        "agreements": list(registration.consents.values("subject", "answer", "wording", "language", "given_at")),
        "messages": list(registration.messages.order_by("pk").values("kind", "state", "created_at")),
        "attended": [one.day.date.isoformat() for one in registration.attendance.select_related("day")],
    }


def _columns(row):
    names = [field.name for field in row._meta.concrete_fields if field.name not in NOT_ANSWERS]
    return {name: getattr(row, name) for name in names}


def _apart(model, registration, path="registration"):
    row = model.objects.filter(**{path: registration}).first()
    return _columns(row) if row else None


def _of(model, registration):
    return model.objects.filter(travel_request__registration=registration).order_by("pk")
