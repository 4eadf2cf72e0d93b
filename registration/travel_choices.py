"""The travel desk's fixed words. A leaf: imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Paid(TextChoices):
    """Whether ODC pays for something. Not decided yet is the empty answer."""

    YES = "yes", pgettext_lazy("paid", "Yes")
    PART = "part", pgettext_lazy("paid", "In part")
    NO = "no", pgettext_lazy("paid", "No")


class Part(TextChoices):
    """What money goes to. The first three are decided on for each person."""

    ACCOMMODATION = "accommodation", _("Accommodation")
    TRANSPORT = "transport", _("Transport")
    DAILY = "daily", _("Daily expenses")
    OTHER = "other", _("Other expenses")
    ROOMS = "rooms", _("Hotel rooms that we book")


DECIDED_PARTS = [Part.ACCOMMODATION, Part.TRANSPORT, Part.DAILY]


class Expense(TextChoices):
    THERE = "there", _("Journey there")
    BACK = "back", _("Journey back")
    DAILY = "daily", _("Daily expenses")
    ROOM = "room", pgettext_lazy("expense", "Room")
    OTHER = "other", _("Other expenses")


PART_OF = {
    Expense.THERE: Part.TRANSPORT,
    Expense.BACK: Part.TRANSPORT,
    Expense.DAILY: Part.DAILY,
    Expense.ROOM: Part.ACCOMMODATION,
    Expense.OTHER: Part.OTHER,
}
