"""What the devices at the desk load and send, as registration.desk.arrivals describes it."""

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from agenda.models import Day
from conference import clock
from conference.language.khmer import match_key, match_parts
from conference.models import Edition
from registration.choices import LANYARD_OF, Agreement, Subject
from registration.desk.arrivals import IN, MOST_ACTS, UNDO, Act
from registration.desk.people import standing_of
from registration.desk.tokens import give_tokens
from registration.lists.agreements import answer_to
from registration.models import Attendance, DayChoice, Registration, SecondNumber
from registration.models.registration import ERASED_WORD

# A clock that is so little off is taken for right: the difference would be the time that the line took, and two acts
# of one device might change their order.
RIGHT_ENOUGH = timedelta(minutes=1)
PHONE_DIGITS = 4
OF_SECOND_NUMBERS = ("registration", "code", "badge_token")


class Unreadable(Exception):
    """What a device sent is not as arrivals describes it."""


def people_of(edition: Edition, day: Day) -> list[dict[str, Any]]:
    """All of an edition, with what the desk needs and nothing sensitive: a telephone may be lost."""
    give_tokens(edition)
    coming = set(DayChoice.objects.filter(day=day.pk).values_list("registration", flat=True))
    attended = Attendance.objects.filter(day=day.pk)
    there = {row.registration_id: row.arrived_at or row.at for row in attended}
    others: dict[int, list[str]] = {}
    earlier: dict[int, list[str]] = {}
    for second in SecondNumber.objects.filter(registration__edition=edition).only(*OF_SECOND_NUMBERS):
        others.setdefault(second.registration_id, []).append(match_key(second.code))
        if second.badge_token:
            earlier.setdefault(second.registration_id, []).append(second.badge_token)
    rows = Registration.objects.filter(edition=edition).exclude(name_latin=ERASED_WORD)
    rows = rows.only(
        "badge_token", "code", "name_km", "name_latin", "organisation", "phone", "status", "offered_until"
    )
    return [
        {
            "token": row.badge_token,
            "earlier_tokens": earlier.get(row.pk, []),
            "number": row.spoken_code,
            "km": row.name_km,
            "latin": row.name_latin,
            "find": [
                *match_parts(row.name_km),
                *match_parts(row.name_latin),
                *_last_digits(row.phone),
                *others.get(row.pk, []),
            ],
            "organisation": row.organisation,
            "lanyard": LANYARD_OF[Agreement(row.photos)].value if row.photos else "",  # type: ignore[attr-defined] # read by the query
            "status": standing_of(row, [day.pk] if row.pk in coming else [], day).value,
            "in": there[row.pk].isoformat() if row.pk in there else None,
        }
        for row in rows.annotate(photos=answer_to(Subject.PHOTOS)).order_by("pk")
    ]


def _last_digits(phone: str) -> list[str]:
    return [phone[-PHONE_DIGITS:]] if phone else []


def acts_in(body: bytes) -> list[Act]:
    """What a device sent, with its moments set right by the difference of its clock to ours. Raises Unreadable."""
    try:
        sent = json.loads(body)
        ahead = _moment(sent["sent_at"]) - clock.now()
        ahead = ahead if abs(ahead) > RIGHT_ENOUGH else timedelta(0)
        acts = [_act(one, ahead) for one in sent["acts"]]
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise Unreadable(_("What was sent cannot be read. Reload the page of the desk.")) from error
    if len(acts) > MOST_ACTS:
        raise Unreadable(_("Too much was sent at once. Reload the page of the desk."))
    return acts


def _act(one: dict[str, str], ahead: timedelta) -> Act:
    what, token = {IN.value: IN, UNDO.value: UNDO}[one["act"]], one["token"]
    if not isinstance(token, str):
        raise ValueError("no token")
    return Act(token, what, _moment(one["at"]) - ahead, uuid.UUID(one["key"]))


def _moment(text: str) -> datetime:
    moment = parse_datetime(text)
    if moment is None or not is_aware(moment):
        raise ValueError("no moment with its zone")
    return moment
