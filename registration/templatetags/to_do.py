from django.template import Library

from registration.admin.front_page.to_do import lines_for

register = Library()


@register.simple_tag(takes_context=True)
def to_do(context):
    return lines_for(context["request"])
