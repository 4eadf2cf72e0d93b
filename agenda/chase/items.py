"""What the chase list is made of."""

from dataclasses import dataclass

from django.urls import reverse

from agenda.models import Appearance, Material
from conference.language.translated import Bilingual
from conference.models import AudienceGroup, Milestone, Purpose, Reference


@dataclass(frozen=True)
class Item:
    row: Bilingual  # that is unfinished
    text: str
    appearance: Appearance | None = None  # one that can be confirmed with one click

    @property
    def address(self) -> str:
        """Where staff put it right: the page of the row, or the page of what the row belongs to."""
        match self.row:
            case Appearance() | Material():
                return reverse("admin:agenda_session_change", args=[self.row.session_id])
            case Purpose() | AudienceGroup() | Reference():
                return reverse("admin:conference_edition_change", args=[self.row.edition_id])
            case Milestone():
                return reverse("admin:conference_otherevent_change", args=[self.row.event_id])
        meta = self.row._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[self.row.pk])


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    items: list[Item]
