"""{% guide_place as place %}: where in the guide for staff the page is explained; empty where nowhere."""

from django.template import Context, Library

from conference.staff.guide import place_of

register = Library()


@register.simple_tag(takes_context=True)
def guide_place(context: Context) -> str:
    match = getattr(context.get("request"), "resolver_match", None)
    return place_of(match.view_name) if match else ""
