from django.template import Library
from django.utils.translation import gettext as _

from conference.words import digits

register = Library()


@register.filter
def filesize_words(size: int) -> str:
    """In whole kilobytes, at least one: visitors who pay for each of them want to know before."""
    return _("%(number)s KB") % {"number": digits(max(1, round(size / 1024)))}
