"""The evenings on which a participant may need a bed: the forms ask for them, the travel desk gives beds for them."""

from collections.abc import Iterable
from datetime import date, timedelta

from conference.models import Edition
from registration.models import TravelRequest
from registration.places.days import is_past


def nights_of(edition: Edition) -> list[date]:
    """From the evening before the first day to the evening of the last day."""
    evenings = (edition.ends_on - edition.starts_on).days + 2
    return [edition.starts_on + timedelta(days=number - 1) for number in range(evenings)]


def nights_to_ask_for(edition: Edition, asked: Iterable[str] = ()) -> list[date]:
    """Without the nights that are past, as days that are over; those that the participant asked for before stay."""
    return [night for night in nights_of(edition) if night.isoformat() in asked or not is_past(edition, night)]


def wanted_nights(travel_request: TravelRequest, nights: Iterable[date]) -> list[date]:
    """Those of an edition's nights that the participant asked for."""
    return [night for night in nights if night.isoformat() in travel_request.nights]
