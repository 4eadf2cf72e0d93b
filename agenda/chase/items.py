"""What the chase list is made of."""

from dataclasses import dataclass

from django.urls import reverse

from agenda.models import Appearance
from conference.models import AudienceGroup, Milestone, Purpose, Reference


@dataclass(frozen=True)
class Item:
    text: str
    address: str  # where it is put right
    appearance: Appearance | None = None  # one that can be confirmed with one click


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    items: list[Item]


def page_of(row):
    """Where staff change a row: its own page, or that of what it belongs to."""
    match row:
        case Appearance():
            return reverse("admin:agenda_session_change", args=[row.session_id])
        case Purpose() | AudienceGroup() | Reference():
            return reverse("admin:conference_edition_change", args=[row.edition_id])
        case Milestone():
            return reverse("admin:conference_otherevent_change", args=[row.event_id])
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def item(row, text):
    return Item(text, page_of(row))
