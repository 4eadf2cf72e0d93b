"""Who sleeps where, night by night: for the travel desk's page, for paper and for the hotel."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.files.sheets import add_format, add_sheet, write_row
from conference.models import Edition
from registration.models import HotelRoom, Stay, TravelRequest
from registration.travel.nights import nights_of, wanted_nights
from registration.travel.support import Unmet, unmet

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
    unmet: Unmet

    @property
    def is_gone(self) -> bool:
        return not self.stay.travel_request.registration.is_coming

    @property
    def name(self) -> str:
        return self.stay.assistant_name if self.stay.is_assistant else name_of(self.stay.travel_request)


@dataclass(frozen=True)
class RoomNight:
    room: HotelRoom
    sleepers: list[Sleeper]

    @property
    def free(self) -> int:
        return self.room.beds - len(self.sleepers)


@dataclass(frozen=True)
class Night:
    date: date
    rooms: list[RoomNight]
    without: list[TravelRequest]  # who asked for this night, is not refused, and has no bed


def name_of(travel_request: TravelRequest) -> str:
    """As the participant signs: the name on the ID card, or else the name they gave us."""
    name: str = travel_request.name_on_id or travel_request.registration.shown_name
    return name


def rooming(edition: Edition) -> list[Night]:
    """Three queries, however many people and rooms."""
    rooms = list(HotelRoom.objects.of(edition))
    in_bed: defaultdict[tuple[date, int], list[Stay]] = defaultdict(list)  # (night, room) -> stays
    has_bed = set()
    for stay in Stay.objects.of(edition).to_list():
        in_bed[stay.night, stay.room_id].append(stay)
        if not stay.is_assistant:
            has_bed.add((stay.night, stay.travel_request_id))
    need_bed = list(TravelRequest.objects.of(edition).may_sleep())
    nights = []
    for night in nights_of(edition):
        room_nights = []
        for room in rooms:
            stays = in_bed[night, room.pk]
            has_company = len({stay.travel_request_id for stay in stays}) > 1
            room_nights.append(
                RoomNight(room, [Sleeper(stay, unmet(stay, has_company=has_company)) for stay in stays])
            )
        without = [row for row in need_bed if wanted_nights(row, [night]) and (night, row.pk) not in has_bed]
        nights.append(Night(night, room_nights, without))
    return nights


def sleepers(nights: list[Night]) -> list[Sleeper]:
    return [sleeper for night in nights for room in night.rooms for sleeper in room.sleepers]


def rooming_xlsx(nights: list[Night]) -> bytes:
    """For the hotel. Every cell is text: nothing in it is taken for a formula."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = add_sheet(book, _("Rooming list"))
        body, bold = add_format(book), add_format(book, bold=True, text_wrap=True)
        sheet.set_column(0, len(HEADINGS) - 1, 20, body)
        sheet.freeze_panes(1, 0)
        write_row(sheet, 0, [str(heading) for _code, heading in HEADINGS], bold)
        for number, sleeper in enumerate(sleepers(nights), start=1):
            stay, room = sleeper.stay, sleeper.stay.room
            cells = [
                *(stay.night.isoformat(), room.hotel.name, room.name, str(room.beds), str(YES_NO[room.is_step_free])),
                *(stay.travel_request.registration.spoken_code, sleeper.name, str(YES_NO[stay.is_assistant])),
            ]
            write_row(sheet, number, cells, body)
    return out.getvalue()
