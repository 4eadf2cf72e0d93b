"""A participant is erased because they, or staff, wish it: what they cancelled before goes too, and what logs say.

The lines of the logs stay: who of the staff looked at what, and when. The reference numbers of the participant go out
of them, for on an old paper list a number stands beside a name.
"""

from collections.abc import Iterable

from django.contrib.admin.models import LogEntry
from django.db.models import Q

from registration.choices import Status
from registration.models import AccessLog, Registration
from registration.models.codes import spoken
from registration.models.registration import CONTACTS, ERASED_WORD, RegistrationQuerySet

NAME_KEYS = ("name_km_key", "name_latin_key")
AT_ONCE = 100  # numbers that one question to a log asks for


def cancelled_before(registration: Registration) -> RegistrationQuerySet:
    """What the same person signed up and cancelled in this edition: a name and a contact are the same, as they stand.
    For a person who is reached through a helper alone, the contact is the telephone of the helper.

    One of the two is not enough: families share a telephone. What staff have made of two registrations is left out
    while it is closed: it may hold what another person told us.
    """
    cancelled = Registration.objects.filter(edition=registration.edition_id, status=Status.CANCELLED, is_sealed=False)
    contact = _one_of(registration, CONTACTS)
    if helper := registration.reached_through:
        contact = Q(**dict.fromkeys(CONTACTS, ""), helper__phone=helper.phone)
    same = cancelled.filter(_one_of(registration, NAME_KEYS), contact)
    return same.exclude(pk=registration.pk).order_by("pk")


def _one_of(registration: Registration, columns: Iterable[str]) -> Q:
    """Who has the same in one of these columns. What stands there of a person who is erased is no person's."""
    same = Q(pk__in=[])
    for column in columns:
        if (value := getattr(registration, column)) not in ("", ERASED_WORD):
            same |= Q(**{f"{column}__iexact": value})
    return same


def numbers_of(registration: Registration) -> list[str]:
    """Every number under which staff found the participant, as logs write it. To be asked before the row goes."""
    return [registration.spoken_code, *(spoken(second.code) for second in registration.second_numbers.all())]


def forget(numbers: list[str]) -> None:
    """Takes these numbers out of the access log and the admin log."""
    for begin in range(0, len(numbers), AT_ONCE):
        _forget_some(numbers[begin : begin + AT_ONCE])


def _forget_some(numbers: list[str]) -> None:
    for line in AccessLog.objects.defer("reason").filter(_with_one_of(numbers, "subject")):
        AccessLog.objects.filter(pk=line.pk).update(subject=_without(numbers, line.subject))
    for entry in LogEntry.objects.filter(_with_one_of(numbers, "object_repr", "change_message")):
        entry.object_repr = _without(numbers, entry.object_repr)
        entry.change_message = _without(numbers, entry.change_message)
        entry.save(update_fields=["object_repr", "change_message"])


def _with_one_of(numbers: list[str], *columns: str) -> Q:
    found = Q(pk__in=[])
    for column in columns:
        for number in numbers:
            found |= Q(**{f"{column}__contains": number})
    return found


def _without(numbers: list[str], text: str) -> str:
    for number in numbers:
        text = text.replace(number, ERASED_WORD)
    return text
