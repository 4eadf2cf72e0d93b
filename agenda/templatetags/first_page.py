from django.template import Library
from django.utils import timezone

from agenda.programme.glance import Glance, at_a_glance
from agenda.publishing import versions
from conference import clock
from conference.models import Edition

register = Library()


@register.simple_tag
def programme_at_a_glance(edition: Edition) -> Glance:
    """The published programme, as the first page shows it at this moment."""
    return at_a_glance(versions.published(edition), timezone.localtime(clock.now()).replace(tzinfo=None))
