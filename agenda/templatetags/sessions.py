from django.template import Library
from django.utils.html import format_html

from conference.templatetags.bilingual import shown

register = Library()


@register.filter
def heading(session):
    """A session's label and title on one line: "Session 3: Results of …"."""
    title = shown(session.title)
    if not session.label:
        return title
    return format_html('<span class="label">{}<span class="separator">:</span></span> {}', shown(session.label), title)
