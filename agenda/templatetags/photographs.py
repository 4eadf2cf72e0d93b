"""Photographs in their slots. An empty slot shows what the page puts there instead.

{% load photographs %}
{% photograph_of edition "venue" as photo %}
{% photograph_of edition "organisation" organisation=organisation as photo %}
{% photograph_of edition "session" session__uuid=session.uuid as photo %}
{% if photo %}{% include "agenda/_photograph.html" with sizes="100vw" %}{% endif %}
"""

from django.template import Library

from agenda.models import Photograph
from conference.models import Edition

register = Library()


@register.simple_tag
def photograph_of(edition: Edition, slot: str, **where: object) -> Photograph | None:
    return Photograph.objects.in_slot(edition, slot, **where)
