"""Moments to the second, for what is decided to the second."""

from datetime import datetime

from django.template import Library
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # the stubs have forgotten it

from conference.words import digits, moment

register = Library()


@register.filter
def with_seconds(at: datetime) -> str:
    """March 26, 2024, 13:30:05"""
    second = template_localtime(at).second
    return moment(at) + digits(f":{second:02}")
