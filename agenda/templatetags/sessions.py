from collections.abc import Mapping

from django.template import Library
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agenda.programme.value import Session
from agenda.publishing.telling import Spot
from conference.words import digits

register = Library()


@register.filter
def heading(session: Session) -> str | Promise:
    return session.heading_on_page


@register.filter
def was(moves: Mapping[str, Spot], session: Session) -> Spot | None:
    """Where a session was before it moved."""
    return moves.get(session.uuid) if moves else None


@register.filter
def version_name(number: int) -> str:
    return _("Programme version %(number)s") % {"number": digits(number)}
