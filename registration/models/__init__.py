"""Who is coming."""

from registration.models.access_log import AccessLog
from registration.models.answers import Consent, InclusionAnswers, TravelRequest
from registration.models.attendance import Attendance
from registration.models.guardian_call import GuardianCall
from registration.models.hotels import Hotel, HotelBill, HotelRoom, Stay
from registration.models.intake import Intake
from registration.models.messages import Message
from registration.models.registration import Registration, telegram_name
from registration.models.travel import TravelBudget, TravelDecision, TravelExpense, TravelTotal

__all__ = [
    "AccessLog",
    "Attendance",
    "Consent",
    "GuardianCall",
    "Hotel",
    "HotelBill",
    "HotelRoom",
    "InclusionAnswers",
    "Intake",
    "Message",
    "Registration",
    "Stay",
    "TravelBudget",
    "TravelDecision",
    "TravelExpense",
    "TravelRequest",
    "TravelTotal",
    "telegram_name",
]
