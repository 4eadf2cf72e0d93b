from django.template import Library
from django.utils.translation import gettext as _

from conference.words import digits

register = Library()


@register.filter
def filesize_words(size):
    """In whole kilobytes, never nought: who pays for each of them wants to know before."""
    return _("%(number)s KB") % {"number": digits(max(1, round(size / 1024)))}
