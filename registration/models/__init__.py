"""Who is coming."""

from registration.models.access_log import AccessLog
from registration.models.answers import Consent, InclusionAnswers, TravelRequest
from registration.models.attendance import Attendance
from registration.models.changes import ChangeRequest, Step
from registration.models.guardian_call import GuardianCall
from registration.models.intake import Intake
from registration.models.letters import Letter, MessageText
from registration.models.limits import BreakoutChoice, BreakoutPlaces, DayPlaces, ReservedPlaces
from registration.models.messages import Message
from registration.models.registration import Registration, telegram_name

__all__ = [
    "AccessLog",
    "Attendance",
    "BreakoutChoice",
    "BreakoutPlaces",
    "ChangeRequest",
    "Consent",
    "DayPlaces",
    "GuardianCall",
    "InclusionAnswers",
    "Intake",
    "Letter",
    "Message",
    "MessageText",
    "Registration",
    "ReservedPlaces",
    "Step",
    "TravelRequest",
    "telegram_name",
]
