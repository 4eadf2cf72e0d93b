"""Registrations that may be of the same person. Staff look at them and decide: families share a telephone."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.choices import Status
from registration.models import Registration

# What two registrations may have in common; whoever is erased has none of it but a word as Telegram name.
ALIKE = {
    "phone": _("same telephone"),
    "telegram": _("same Telegram name"),
    "email": _("same e-mail"),
    "name_km_key": _("same name in Khmer"),
    "name_latin_key": _("same name in Latin letters"),
}
REAL = Q(telegram="") | Q(telegram__startswith="@") | Q(telegram__startswith="+")


@dataclass(frozen=True)
class LookAlike:
    registration: Registration
    reasons: list[str | Promise]


def look_alikes_of(registration):
    """Everybody of the edition with something in common, and what it is. Who cancelled is nobody’s double."""
    columns = {column: getattr(registration, column) for column in ALIKE if getattr(registration, column)}
    if registration.status == Status.CANCELLED or not columns:
        return []
    alike = Q(pk__in=[])
    for column, value in columns.items():
        alike |= Q(**{f"{column}__iexact" if column in CASELESS else column: value})
    others = standing().filter(alike, edition=registration.edition_id).exclude(pk=registration.pk)
    return [LookAlike(other, _in_common(registration, other)) for other in others.order_by("pk")]


def with_look_alikes(registrations):
    """Those of whom there is another, in one query however many there are."""
    alike = Q(pk__in=[])
    for column in ALIKE:
        alike |= ~Q(**{column: ""}) & Exists(_others_with_the_same(column))
    return registrations.filter(alike, REAL).exclude(status=Status.CANCELLED)


CASELESS = {"email", "telegram"}


def standing():
    return Registration.objects.filter(REAL).exclude(status=Status.CANCELLED)


def _others_with_the_same(column):
    others = standing().filter(edition=OuterRef("edition")).exclude(pk=OuterRef("pk"))
    if column in CASELESS:
        return others.annotate(folded=Lower(column)).filter(folded=Lower(OuterRef(column)))
    return others.filter(**{column: OuterRef(column)})


def _in_common(one, other):
    return [
        reason
        for column, reason in ALIKE.items()
        if getattr(one, column) and getattr(one, column).lower() == getattr(other, column).lower()
    ]
