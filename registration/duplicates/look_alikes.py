"""Registrations that may be of the same person. Staff look at them and decide: families share a telephone."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.choices import Status
from registration.models import Registration
from registration.models.registration import RegistrationQuerySet

# What two registrations may have in common. A participant who is erased has none of it but a word as Telegram name.
ALIKE = {
    "phone": _("same telephone"),
    "telegram": _("same Telegram name"),
    "email": _("same e-mail"),
    "name_km_key": _("same name in Khmer"),
    "name_latin_key": _("same name in Latin letters"),
}
CASELESS = {"email", "telegram"}
REAL = Q(telegram="") | Q(telegram__startswith="@") | Q(telegram__startswith="+")


@dataclass(frozen=True)
class LookAlike:
    registration: Registration
    reasons: list[str | Promise]


def look_alikes_of(registration: Registration) -> list[LookAlike]:
    """All of the edition with something in common, and what it is. A cancelled registration is no double."""
    columns = {column: getattr(registration, column) for column in ALIKE if getattr(registration, column)}
    if registration.status == Status.CANCELLED or not columns:
        return []
    alike = Q(pk__in=[])
    for column, value in columns.items():
        alike |= Q(**{f"{column}__iexact" if column in CASELESS else column: value})
    others = standing().filter(alike, edition=registration.edition_id).exclude(pk=registration.pk)
    return [
        LookAlike(
            other,
            [ALIKE[column] for column, value in columns.items() if value.lower() == getattr(other, column).lower()],
        )
        for other in others.order_by("pk")
    ]


def with_look_alikes(registrations: RegistrationQuerySet) -> RegistrationQuerySet:
    """Those of whom there is another, in one query however many there are."""
    alike = Q(pk__in=[])
    for column in ALIKE:
        others = standing().filter(edition=OuterRef("edition")).exclude(pk=OuterRef("pk"))
        if column in CASELESS:
            others = others.annotate(folded=Lower(column)).filter(folded=Lower(OuterRef(column)))
        else:
            others = others.filter(**{column: OuterRef(column)})
        alike |= ~Q(**{column: ""}) & Q(Exists(others))
    return registrations.filter(alike, REAL).exclude(status=Status.CANCELLED)


def standing() -> RegistrationQuerySet:
    return Registration.objects.filter(REAL).exclude(status=Status.CANCELLED)
