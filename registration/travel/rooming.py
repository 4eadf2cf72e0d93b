"""Who sleeps where, night by night: for the travel desk's page, for paper and for the hotel."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registration.choices import Paid
from registration.lists.sheets import add_format, add_sheet, write_row
from registration.models import HotelRoom, Stay, TravelRequest
from registration.travel.nights import nights_of, wanted_nights
from registration.travel.support import unmet

HEADINGS = [
    ("night", gettext_lazy("night")),
    ("hotel", gettext_lazy("hotel")),
    ("room", gettext_lazy("room number")),
    ("beds", gettext_lazy("beds")),
    ("step_free", gettext_lazy("without steps")),
    ("code", gettext_lazy("Reference number")),
    ("name", gettext_lazy("name as on the ID card")),
    ("assistant", gettext_lazy("for the assistant")),
]
YES_NO = {True: gettext_lazy("Yes"), False: ""}


@dataclass(frozen=True)
class Sleeper:
    stay: Stay
    unmet: dict  # which wish the room does not meet

    @property
    def is_gone(self):
        return not self.stay.travel_request.registration.is_coming

    @property
    def name(self):
        return self.stay.assistant_name if self.stay.is_assistant else name_of(self.stay.travel_request)


@dataclass(frozen=True)
class RoomNight:
    room: HotelRoom
    sleepers: list[Sleeper]

    @property
    def free(self):
        return self.room.beds - len(self.sleepers)


@dataclass(frozen=True)
class Night:
    date: date
    rooms: list[RoomNight]
    without: list[TravelRequest]  # who asked for this night, is not refused, and has no bed


def name_of(travel_request):
    """As the person signs: the name on the ID card, or else the name they gave us."""
    return travel_request.name_on_id or travel_request.registration.shown_name


def rooming(edition):
    """Three queries, however many people and rooms."""
    rooms = list(HotelRoom.objects.of(edition))
    in_bed = defaultdict(list)  # (night, room) -> stays
    has_bed = set()
    for stay in Stay.objects.of(edition).to_list():
        in_bed[stay.night, stay.room_id].append(stay)
        if not stay.is_assistant:
            has_bed.add((stay.night, stay.travel_request_id))
    requests = [row for row in TravelRequest.objects.of(edition).with_decision() if _needs_bed(row)]
    return [
        Night(
            night,
            [RoomNight(room, _sleepers(in_bed[night, room.pk])) for room in rooms],
            [row for row in requests if wanted_nights(row, [night]) and (night, row.pk) not in has_bed],
        )
        for night in nights_of(edition)
    ]


def _sleepers(stays):
    has_company = len({stay.travel_request_id for stay in stays}) > 1
    return [Sleeper(stay, unmet(stay, has_company=has_company)) for stay in stays]


def _needs_bed(travel_request):
    decision = getattr(travel_request, "decision", None)
    return travel_request.registration.is_coming and not (decision and decision.accommodation == Paid.NO)


def sleepers(nights):
    return [sleeper for night in nights for room in night.rooms for sleeper in room.sleepers]


def rooming_xlsx(nights) -> bytes:
    """For the hotel. Every cell is text: nothing in it is taken for a formula."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = add_sheet(book, _("Rooming list"))
        body, bold = add_format(book), add_format(book, bold=True, text_wrap=True)
        sheet.set_column(0, len(HEADINGS) - 1, 20, body)
        sheet.freeze_panes(1, 0)
        write_row(sheet, 0, [str(heading) for _code, heading in HEADINGS], bold)
        for number, sleeper in enumerate(sleepers(nights), start=1):
            write_row(sheet, number, _cells(sleeper), body)
    return out.getvalue()


def _cells(sleeper):
    stay, room = sleeper.stay, sleeper.stay.room
    place = [stay.night.isoformat(), room.hotel.name, room.name, room.beds, YES_NO[room.is_step_free]]
    return list(
        map(str, [*place, stay.travel_request.registration.spoken_code, sleeper.name, YES_NO[stay.is_assistant]])
    )
