from django.template import Library

from registration.admin.front_page.to_do import erasing_that_waits, lines_for

register = Library()


@register.simple_tag(takes_context=True)
def to_do(context):
    return lines_for(context["request"])


@register.simple_tag(takes_context=True)
def waits_for_a_yes(context):
    return erasing_that_waits(context["request"])
