"""Sample people and sessions, as many as a large conference has, written straight into the tables of an edition."""

import datetime as dt
from itertools import cycle, islice, product

from django.utils import timezone

from agenda.models import Room, Session
from agenda.publishing.versions import publish
from conference import clock
from conference.models import Edition
from conference.serving.databases import BATCH
from registration.choices import (
    AgeBand,
    Agreement,
    FollowedLanguage,
    Gender,
    Group,
    MessageKind,
    MessageState,
    Paid,
    Part,
    Province,
    Sector,
    Status,
    Subject,
)
from registration.models import (
    Arrangement,
    Attendance,
    Consent,
    DayChoice,
    InclusionAnswers,
    Message,
    Registration,
    TravelDecision,
    TravelRequest,
)

SYLLABLES = ["Sok", "Dara", "Bopha", "Chan", "Rith", "Vi", "Mo", "Ny", "Thea", "Pich", "Kun", "Leak"]
KHMER = ["សុខ", "ដារ៉ា", "បុប្ផា", "ចាន់", "ឫទ្ធិ", "វី", "ម៉ូ", "នី", "ធា", "ពេជ្រ", "គន្ធ", "លក្ខណ៍"]
A_DAY = 54  # sessions of ten minutes in one room
STANDS = [Status.CONFIRMED] * 7 + [Status.RECEIVED, Status.CANCELLED, Status.WAITING]


def fill(edition: Edition, people: int, sessions: int) -> None:
    """So many in all, with those that are there."""
    days = list(edition.days.all())
    there = Registration.objects.filter(edition=edition).count()
    rows = _people(edition, range(there, people))
    DayChoice.objects.bulk_create((DayChoice(registration=row, day=day) for row in rows for day in days), BATCH)
    Consent.objects.bulk_create(
        (
            Consent(registration=row, subject=subject, answer=Agreement.YES, wording="2024-1", language="km")
            for row in rows
            for subject in (Subject.DATA_USE, Subject.PHOTOS)
        ),
        BATCH,
    )
    kinds = {status: MessageKind(status) for status in set(STANDS)}
    Message.objects.bulk_create(
        (Message(registration=row, kind=kinds[Status(row.status)], state=MessageState.TO_CALL) for row in rows), BATCH
    )
    there_on_the_first = [row for row in rows[::3] if row.status == Status.CONFIRMED]
    Attendance.objects.bulk_create((Attendance(registration=row, day=days[0]) for row in there_on_the_first), BATCH)
    _answers(rows)
    if _sessions(edition, sessions):
        publish(edition, by=None)


def _people(edition: Edition, numbers: range) -> list[Registration]:
    kinds = list(islice(cycle(product(Sector.values, Province.values, STANDS)), numbers.stop))
    rows = []
    for number in numbers:
        sector, province, status = kinds[number]
        parts = [number // len(SYLLABLES) ** place % len(SYLLABLES) for place in range(4)]
        row = Registration(
            edition=edition,
            status=status,
            place_no=number + 1 if status == Status.CONFIRMED else None,
            waiting_since=clock.now() if status == Status.WAITING else None,
            language="km" if number % 3 else "en",
            name_km=f"{KHMER[parts[0]]}{KHMER[parts[1]]} {KHMER[parts[2]]}{KHMER[parts[3]]}",
            name_latin=f"{SYLLABLES[parts[0]]}{SYLLABLES[parts[1]]} SAMPLE {SYLLABLES[parts[2]]}{SYLLABLES[parts[3]]}",
            phone=f"+85512{number:06}",
            email=f"sample{number}@example.org" if number % 2 else "",
            organisation=f"Sample organisation {number % 90}",
            sector=sector,
            part=Part.PARTICIPANT,
            province=province,
            remark="A sample remark of the staff." if number % 5 == 0 else "",
        )
        row.set_keys()
        rows.append(row)
    Registration.objects.bulk_create(rows, BATCH)
    return rows


def _answers(rows: list[Registration]) -> None:
    genders, ages, groups = cycle(Gender.values), cycle(AgeBand.values), cycle(Group.values)
    answers = [
        InclusionAnswers(
            registration=row,
            languages=[FollowedLanguage.KHMER],
            access_needs=["captions"] if number % 20 == 0 else [],
            gender=next(genders),
            age_band=next(ages),
            groups=[next(groups)],
        )
        for number, row in enumerate(rows)
    ]
    InclusionAnswers.objects.bulk_create(answers, BATCH)
    Arrangement.objects.bulk_create((Arrangement(answers=one, need="captions") for one in answers[::20]), BATCH)
    requests = [TravelRequest(registration=row, nights=["2024-03-25"], mode="bus") for row in rows[::4]]
    TravelRequest.objects.bulk_create(requests, BATCH)
    TravelDecision.objects.bulk_create(
        (
            TravelDecision(
                travel_request=request,
                accommodation=Paid.NO,
                transport=Paid.YES,
                transport_amount=50_000,
                daily=Paid.NO,
                decided_at=timezone.now(),
            )
            for request in requests[::2]
        ),
        BATCH,
    )


def _sessions(edition: Edition, number: int) -> int:
    """Says how many were made."""
    day = edition.days.order_by("date")[0]
    there = Session.objects.filter(day__edition=edition).count()
    rooms = [Room.objects.create(edition=edition, name_en=f"Sample room {one}") for one in range(-(-number // A_DAY))]
    for one in range(there, number):
        minute = 8 * 60 + one % A_DAY * 10
        Session.objects.create(
            day=day,
            room=rooms[one // A_DAY],
            starts_at=dt.time(minute // 60, minute % 60),
            ends_at=dt.time((minute + 10) // 60, (minute + 10) % 60),
            title_en=f"Sample session {one} on open data in the communes",
            title_km=f"វគ្គគំរូលេខ {one} អំពីទិន្នន័យបើកចំហនៅតាមឃុំ",
        )
    return max(0, number - there)
