"""Photographs in their slots. An empty slot shows what the page puts there instead.

{% load photographs %}
{% photograph_of edition "venue" as photo %}
{% photograph_of_session edition session.uuid as photo %}
{% photographs_of_organisers edition as photos %}{% with photo=photos|of:organisation %}   one query for all
{% if photo %}{% include "agenda/_photograph.html" with sizes="100vw" %}{% endif %}
"""

from django.template import Library

from agenda.models import Photograph
from agenda.models.photographs import Slot
from conference.models import Edition, Organisation

register = Library()


@register.simple_tag
def photograph_of(edition: Edition, slot: str) -> Photograph | None:
    return Photograph.objects.in_slot(edition, slot)


@register.simple_tag
def photograph_of_session(edition: Edition, uuid: str) -> Photograph | None:
    return Photograph.objects.of_session(edition, uuid)


@register.simple_tag
def photographs_of_organisers(edition: Edition) -> dict[int | None, Photograph]:
    """By the key of the organisation, the latest of each."""
    rows = Photograph.objects.filter(edition=edition, slot=Slot.ORGANISATION).order_by("pk")
    return {row.organisation_id: row for row in rows}


@register.filter
def of(photographs: dict[int | None, Photograph], organisation: Organisation) -> Photograph | None:
    return photographs.get(organisation.pk)
