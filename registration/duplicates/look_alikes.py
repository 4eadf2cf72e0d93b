"""Registrations that may be of the same person. Staff look at them and decide: families share a telephone."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.choices import Status
from registration.models import Registration
from registration.models.registration import RegistrationQuerySet, name_keys

# What two registrations may have in common. A participant who is erased has none of it but a word as Telegram name.
ALIKE = {
    "phone": _("same telephone"),
    "telegram": _("same Telegram name"),
    "email": _("same e-mail"),
    "name_km_key": _("same name in Khmer"),
    "name_latin_key": _("same name in Latin letters"),
}
NAMES = {"name_km_key": "name_km", "name_latin_key": "name_latin"}
CASELESS = {"email", "telegram"}
REAL = Q(telegram="") | Q(telegram__startswith="@") | Q(telegram__startswith="+")


@dataclass(frozen=True)
class LookAlike:
    registration: Registration
    reasons: list[str | Promise]


def look_alikes_of(registration: Registration) -> list[LookAlike]:
    """All of the edition with something in common, and what it is. A cancelled registration is no double."""
    columns = {column: values for column in ALIKE if (values := _values(registration, column))}
    if registration.status == Status.CANCELLED or not columns:
        return []
    alike = Q(pk__in=[])
    for column, values in columns.items():
        for value in values:
            alike |= Q(**{f"{column}__iexact" if column in CASELESS else column: value})
    others = standing().filter(alike, edition=registration.edition_id).exclude(pk=registration.pk)
    return [
        LookAlike(
            other,
            [ALIKE[column] for column, values in columns.items() if values & _values(other, column)],
        )
        for other in others.order_by("pk")
    ]


def _values(registration: Registration, column: str) -> set[str]:
    """What the column may be in a row that is alike: of a name, its words in any order."""
    if column in NAMES:
        return name_keys(getattr(registration, NAMES[column]))
    value = getattr(registration, column)
    return {value.lower() if column in CASELESS else value} if value else set()


def with_look_alikes(registrations: RegistrationQuerySet) -> RegistrationQuerySet:
    """Those of whom there is another, in two queries however many there are.

    The words of a name may stand in another order: no query can tell, so the names are read first.
    """
    alike = Q(pk__in=_with_a_namesake())
    for column in ALIKE.keys() - NAMES:
        others = standing().filter(edition=OuterRef("edition")).exclude(pk=OuterRef("pk"))
        if column in CASELESS:
            others = others.annotate(folded=Lower(column)).filter(folded=Lower(OuterRef(column)))
        else:
            others = others.filter(**{column: OuterRef(column)})
        alike |= ~Q(**{column: ""}) & Q(Exists(others))
    return registrations.filter(alike, REAL).exclude(status=Status.CANCELLED)


def _with_a_namesake() -> set[int]:
    names = [*NAMES, *NAMES.values()]
    rows = list(standing().values("pk", "edition", *names).order_by())
    has: defaultdict[tuple[int, str, str], set[int]] = defaultdict(set)
    for row in rows:
        for column in NAMES:
            has[row["edition"], column, row[column]].add(row["pk"])
    found: set[int] = set()
    for row in rows:
        for column, name in NAMES.items():
            alike = {pk for key in name_keys(row[name]) for pk in has[row["edition"], column, key]} | {row["pk"]}
            if len(alike) > 1:
                found |= alike
    return found


def standing() -> RegistrationQuerySet:
    return Registration.objects.filter(REAL).exclude(status=Status.CANCELLED)
