"""Who is coming."""

from registration.models.access_log import AccessLog
from registration.models.answers import Consent, InclusionAnswers, TravelRequest
from registration.models.arrangement import Arrangement
from registration.models.attendance import Attendance
from registration.models.guardian_call import GuardianCall
from registration.models.intake import Intake
from registration.models.messages import Message
from registration.models.registration import Registration, telegram_name

__all__ = [
    "AccessLog",
    "Arrangement",
    "Attendance",
    "Consent",
    "GuardianCall",
    "InclusionAnswers",
    "Intake",
    "Message",
    "Registration",
    "TravelRequest",
    "telegram_name",
]
