"""Who is coming."""

from registration.models.access_log import AccessLog
from registration.models.answers import Consent, InclusionAnswers, TravelRequest
from registration.models.arrangement import Arrangement
from registration.models.attendance import Attendance, DeskAct
from registration.models.backups import Backup
from registration.models.bringing_in import BringingIn, BroughtIn
from registration.models.calls import Call
from registration.models.extra import ExtraAnswers, ExtraQuestion
from registration.models.figures import FiguresColumn
from registration.models.guardian_call import GuardianCall
from registration.models.helper import Helper
from registration.models.history import ChangeRequest, Step
from registration.models.hotels import Hotel, HotelBill, HotelRoom, Stay
from registration.models.intake import Intake
from registration.models.invitation import Invitation
from registration.models.letters import Letter, MessageText
from registration.models.limits import BreakoutChoice, BreakoutPlaces, DayChoice, DayPlaces, ReservedPlaces
from registration.models.messages import Message
from registration.models.paper import BadgePrint, Certificate
from registration.models.planned_letters import LetterReader, PlannedLetter
from registration.models.registration import Registration, telegram_name
from registration.models.report import Report
from registration.models.saved_view import SavedView
from registration.models.second_number import SecondNumber
from registration.models.tending import Tending
from registration.models.travel import TravelBudget, TravelDecision, TravelExpense, TravelRate, TravelTotal

__all__ = [
    "AccessLog",
    "Arrangement",
    "Attendance",
    "Backup",
    "BadgePrint",
    "BreakoutChoice",
    "BreakoutPlaces",
    "BringingIn",
    "BroughtIn",
    "Call",
    "Certificate",
    "ChangeRequest",
    "Consent",
    "DayChoice",
    "DayPlaces",
    "DeskAct",
    "ExtraAnswers",
    "ExtraQuestion",
    "FiguresColumn",
    "GuardianCall",
    "Helper",
    "Hotel",
    "HotelBill",
    "HotelRoom",
    "InclusionAnswers",
    "Intake",
    "Invitation",
    "Letter",
    "LetterReader",
    "Message",
    "MessageText",
    "PlannedLetter",
    "Registration",
    "Report",
    "ReservedPlaces",
    "SavedView",
    "SecondNumber",
    "Stay",
    "Step",
    "Tending",
    "TravelBudget",
    "TravelDecision",
    "TravelExpense",
    "TravelRate",
    "TravelRequest",
    "TravelTotal",
    "telegram_name",
]
