from django.template import Library
from django.template.context import RequestContext

from registration.admin.front_page.to_do import alarms, lines_for

register = Library()


@register.simple_tag(takes_context=True)
def to_do(context: RequestContext) -> list[tuple[str, str, int]]:
    """(text, address, count) for each list in which something waits for this person of staff."""
    return lines_for(context["request"])


@register.simple_tag(takes_context=True)
def waits_for_a_yes(context: RequestContext) -> list[tuple[str, str]]:
    """(text, address) for each edition whose erasing has no date, or waits for a person to look at its dates."""
    return alarms(context["request"])
