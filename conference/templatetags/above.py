"""What apps on top give to the pages of the others (conference.rooms_above).

{% load above %}
{% menu_above edition as links %}      while something of them is open
{% home_above %}                       blocks of the first page of an edition
{% session_above session.code %}       blocks of a session's page
{% own_page_above registration %}      blocks of a participant's own page
{% asked_above edition as asked %}     what people send, for the page about their data
"""

from collections.abc import Iterable
from typing import Any, cast

from django.template import Library
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from conference.models import Edition
from conference.rooms_above import Asked, Block, Link, rooms_above, with_rows

register = Library()


@register.simple_tag
def menu_above(edition: Edition | None) -> list[Link]:
    return [link for room in with_rows(rooms_above(), edition) for link in room.menu(edition)] if edition else []


@register.simple_tag(takes_context=True)
def home_above(context: Context) -> SafeString:
    edition = context["edition"]
    return _drawn(context, (block for room in with_rows(rooms_above(), edition) for block in room.home(edition)))


@register.simple_tag(takes_context=True)
def session_above(context: Context, code: str) -> SafeString:
    edition = context["edition"]
    return _drawn(
        context, (block for room in with_rows(rooms_above(), edition) for block in room.session(edition, code))
    )


@register.simple_tag(takes_context=True)
def own_page_above(context: Context, registration: Any) -> SafeString:
    rooms = with_rows(rooms_above(), registration.edition)
    return _drawn(context, (block for room in rooms for block in room.own_page(registration)))


@register.simple_tag
def asked_above(edition: Edition) -> list[Asked]:
    return [asked for room in with_rows(rooms_above(), edition) for asked in room.asked]


def _drawn(context: Context, blocks: Iterable[Block]) -> SafeString:
    page, request = cast(dict[str, Any], context.flatten()), context.get("request")
    parts = [render_to_string(block.template, page | block.context, request) for block in blocks]
    return mark_safe("".join(parts))  # noqa: S308 -- templates have escaped it
