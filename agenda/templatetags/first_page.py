from django.template import Library
from django.utils import timezone

from agenda.programme.glance import Glance, at_a_glance
from agenda.programme.value import Programme
from conference import clock

register = Library()


@register.simple_tag
def programme_at_a_glance(programme: Programme) -> Glance:
    """As the first page shows it at this moment."""
    return at_a_glance(programme, timezone.localtime(clock.now()).replace(tzinfo=None))
