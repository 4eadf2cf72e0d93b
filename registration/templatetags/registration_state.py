"""What pages outside registration say about it: open, not yet, or over."""

from django import template

from registration.models import Intake

register = template.Library()


@register.simple_tag
def intake_of(edition):
    return Intake.of(edition)
