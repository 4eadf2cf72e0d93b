from django.template import Library
from django.template.context import RequestContext

from registration.admin.front_page.doing import in_words
from registration.admin.front_page.to_do import alarms, lines_for
from registration.paper.parts import may_take_any

register = Library()


@register.simple_tag(takes_context=True)
def to_do(context: RequestContext) -> list[tuple[str, str, int]]:
    """(text, address, count) for each list in which something waits for this person of staff."""
    return lines_for(context["request"])


@register.simple_tag(takes_context=True)
def waits_for_a_yes(context: RequestContext) -> list[tuple[str, str]]:
    """(text, address) for what a person must look at: a helper that is silent, erasing that waits or has no date."""
    return alarms(context["request"])


@register.simple_tag(takes_context=True)
def how_it_is_doing(context: RequestContext) -> list[tuple[str, str]]:
    """(what, how it stands), for those who see the messages."""
    return in_words(context["request"])


@register.simple_tag(takes_context=True)
def may_print(context: RequestContext) -> bool:
    """Whether there is anything in the day pack for this member of staff."""
    return may_take_any(context["request"].user)
