"""All that the site holds about one participant, for that participant."""

from typing import Any, TypedDict, TypeVar

from django.db.models import Model, QuerySet

from agenda.publishing import chosen
from agenda.publishing.versions import published
from conference.rooms_above import rooms_above
from registration.models import (
    Arrangement,
    BadgePrint,
    Certificate,
    ExtraAnswers,
    ExtraQuestion,
    InclusionAnswers,
    Registration,
    Stay,
    TravelDecision,
    TravelExpense,
    TravelRequest,
)
from registration.models.codes import spoken

# What serves the site and says nothing about the person.
NOT_ANSWERS = {
    *("id", "edition", "registration", "form_token", "badge_token"),
    *("waiting_turn", "link_version", "code_version", "staff_door", "trusted_door", "is_sealed"),
    *("name_km_key", "name_latin_key", "name_km_order", "person_key"),
    *("registered_by", "helper", "receipt", "in_own_hands"),
    *("answers", "changed_by", "earlier_of"),
    *("travel_request", "decided_by", "paid_by"),
    *("by", "digest"),
    "extra",  # told in the words of the questions: further_questions
}
AGREEMENT = ["subject", "answer", "wording", "language", "by_helper", "told_how", "given_at"]

Row = TypeVar("Row", bound=Model)
Columns = dict[str, Any]  # of one row, by name: they have values of all types


class OwnData(TypedDict):
    """As the file for programs has it. data_in_words.PARTS has a heading for each part."""

    registration: Columns
    other_reference_numbers: list[str]
    signed_up_by: str | None
    days: list[str]
    breakouts: list[str]
    further_questions: list[Columns]
    access_food_and_groups: Columns | None
    arrangements: list[Columns]
    travel: Columns | None
    travel_decision: Columns | None
    nights_in_hotels: list[Columns]
    travel_money: list[Columns]
    agreements: list[Columns]
    messages: list[Columns]
    changes: list[Columns]
    requests: list[Columns]
    attended: list[Columns]
    badge: Columns | None
    certificate: Columns | None
    earlier_certificates: list[Columns]
    in_other_rooms: list[Columns]


def everything(registration: Registration) -> OwnData:
    """Sensitive answers are open in it: only ever for the participant who came by their own link."""
    edition, programme = registration.edition, published(registration.edition)
    sessions = [choice.session for choice in registration.breakout_choices.select_related("session")]
    attended = {one.day: one.arrived_at for one in registration.attendance.select_related("day")}
    return {
        "registration": _columns(registration),
        "other_reference_numbers": [spoken(one.code) for one in registration.second_numbers.all()],
        "signed_up_by": registration.helper.name if registration.helper else None,
        "days": [day.date.isoformat() for day in chosen.as_published(edition, registration.days.all(), programme)],
        "breakouts": [str(place.session.title) for place in chosen.places(programme, sessions)],
        "further_questions": further_questions(registration),
        "access_food_and_groups": _apart(InclusionAnswers, registration),
        "arrangements": [_columns(row) for row in Arrangement.objects.of(registration)],
        "travel": _apart(TravelRequest, registration),
        "travel_decision": _apart(TravelDecision, registration, "travel_request__registration"),
        "nights_in_hotels": [_columns(row) | {"room": str(row.room)} for row in _of(Stay, registration)],
        "travel_money": [_columns(row) for row in _of(TravelExpense, registration)],
        "agreements": list(registration.consents.values(*AGREEMENT)),
        "messages": [dict(row) for row in registration.messages.order_by("pk").values("kind", "state", "created_at")],
        "changes": [{"at": step.at, "what": step.what, "columns": step.columns} for step in registration.steps.all()],
        "requests": [{"at": one.created_at, "text": one.text} for one in registration.change_requests.all()],
        "attended": [
            {"day": day.date.isoformat(), "arrived_at": attended[day]}
            for day in chosen.as_published(edition, attended, programme)
        ],
        "badge": _apart(BadgePrint, registration),
        "certificate": _apart(Certificate, registration),
        "earlier_certificates": [_columns(row) for row in registration.earlier_certificates.order_by("pk")],
        "in_other_rooms": [dict(line) for room in rooms_above() for line in room.own_data(registration)],
    }


def further_questions(registration: Registration) -> list[Columns]:
    """What was answered to the questions of our own, the sensitive ones too, in words."""
    apart = InclusionAnswers.objects.filter(registration=registration).first()
    plain = ExtraAnswers.objects.filter(registration=registration).first()
    answers = {**(plain.answers if plain else {}), **((apart and apart.extra) or {})}
    asked = ExtraQuestion.objects.of(registration.edition) if answers else []
    return [{"question": str(one.label), "answer": one.in_words(answers)} for one in asked if answers.get(one.key)]


def _columns(row: Model) -> Columns:
    names = [field.name for field in row._meta.concrete_fields if field.name not in NOT_ANSWERS]
    return {name: getattr(row, name) for name in names}


def _apart(model: type[Model], registration: Registration, path: str = "registration") -> Columns | None:
    row = model._default_manager.filter(**{path: registration}).first()
    return _columns(row) if row else None


def _of(model: type[Row], registration: Registration) -> QuerySet[Row]:
    return model._default_manager.filter(travel_request__registration=registration).order_by("pk")
