from django.template import Library
from django.utils.translation import gettext as _

from conference.words import digits

register = Library()


@register.filter
def heading(session):
    return session.heading_on_page


@register.filter
def was(moves, session):
    """Where a session was before it moved."""
    return moves.get(session.uuid) if moves else None


@register.filter
def version_name(number):
    return _("Programme version %(number)s") % {"number": digits(number)}
