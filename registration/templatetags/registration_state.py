"""What pages outside registration say about it: open, not yet, or over."""

from django.template import Library

from registration.models import Intake

register = Library()


@register.simple_tag
def intake_of(edition):
    return Intake.of(edition)
