from django.template import Library
from django.utils.html import format_html
from django.utils.translation import gettext as _

from conference.words import digits, shown

register = Library()


@register.filter
def heading(session):
    """A session's label and title on one line: "Session 3: Results of …"."""
    title = shown(session.title)
    if not session.label:
        return title
    return format_html('<span class="label">{}<span class="separator">:</span></span> {}', shown(session.label), title)


@register.filter
def was(moves, session):
    """Where a session was before it moved."""
    return moves.get(session.uuid) if moves else None


@register.filter
def version_name(number):
    return _("Programme version %(number)s") % {"number": digits(number)}
