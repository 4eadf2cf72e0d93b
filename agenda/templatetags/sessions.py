from collections.abc import Mapping

from django.template import Library
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agenda.programme.value import Day, Session
from agenda.publishing import versions
from agenda.publishing.telling import Spot
from conference.models import Edition
from conference.words import digits

register = Library()


@register.filter
def heading(session: Session) -> str | Promise:
    return session.heading_on_page


@register.simple_tag
def titles_of(edition: Edition) -> list[tuple[Day, list[Session]]]:
    """Each published day with the sessions that have a page."""
    days = versions.published(edition).days
    return [(day, [one for top in day.sessions for one in top.walk() if one.has_page and one.title]) for day in days]


@register.filter
def was(moves: Mapping[str, Spot], session: Session) -> Spot | None:
    """Where a session was before it moved."""
    return moves.get(session.uuid) if moves else None


@register.filter
def version_name(number: int) -> str:
    return _("Programme version %(number)s") % {"number": digits(number)}
