"""The cloth that is woven from the agenda, in pages: the krama, the strip of a day, the length of a session.

{% version_of edition as version %}       once a page, where the view gives none: one query; version.programme
{% krama programme %}                     the picture, described in words; or as_decoration=True
{{ programme|krama_caption }}             how to read it
{% strip day %}                           a day; {% strip day session %} with that session, the others pale
{% strip_now found %}                     the day of "now and next" with what runs at this moment
{% day_strips programme %}                all days over one scale of hours
{{ session|yarn }}                        red, indigo, single or undyed: for a class of the row
{% length session %}                      one tick for each five minutes
"""

from functools import lru_cache
from typing import Any

from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from agenda.cloth import drawing, words
from agenda.cloth.strips import pieces
from agenda.cloth.weaving import weave
from agenda.cloth.yarns import hours_of
from agenda.programme.now import NowAndNext
from agenda.programme.value import Day, Programme, Session
from agenda.publishing import versions
from conference.models import Edition

register = Library()


@register.simple_tag
def version_of(edition: Edition) -> versions.Shown:
    """What this reader is to see of it: the published version, or the draft in a preview."""
    return versions.shown(edition)


@register.simple_tag
def krama(programme: Programme, *, as_decoration: bool = False) -> SafeString:
    return _krama(programme, get_language(), as_decoration)


@lru_cache(maxsize=32)
def _krama(programme: Programme, language: str | None, as_decoration: bool) -> SafeString:
    """Drawn once for each language: a published programme is the same value on each page."""
    return drawing.cloth_svg(weave(programme), "" if as_decoration else words.description(programme))


@register.filter
def krama_caption(programme: Programme) -> str:
    return _caption(programme, get_language())


@lru_cache(maxsize=32)
def _caption(programme: Programme, _language: str | None) -> str:
    return words.caption(programme)


@register.simple_tag
def strip(day: Day, *sessions: Session | None) -> SafeString:
    """The day. With a session, and with what it stands under where it has no times of its own, the others are pale."""
    drawn, (since, to) = pieces(day), hours_of(day) or (0, 1)
    there = {one.code for one in drawn}
    current = next((one.code for one in sessions if one and one.code in there), None)
    return drawing.strip_svg(drawn, since, to, {current} if current else ())


@register.simple_tag
def strip_now(found: NowAndNext) -> SafeString:
    """Today, with what runs at this moment."""
    if found.day is None:
        return SafeString()
    since, to = hours_of(found.day) or (0, 1)
    return drawing.strip_svg(pieces(found.day), since, to, {one.session.code for one in found.now})


@register.inclusion_tag("agenda/_strips.html")
def day_strips(programme: Programme) -> dict[str, Any]:
    return _day_strips(programme, get_language())


@lru_cache(maxsize=32)
def _day_strips(programme: Programme, language: str | None) -> dict[str, Any]:
    """All days over one scale of hours; drawn once for each language."""
    hours = [found for day in programme.days if (found := hours_of(day))]
    if not hours:
        return {}
    since, to = min(begins for begins, _ends in hours), max(ends for _begins, ends in hours)
    strips = [(day, drawing.strip_svg(pieces(day), since, to)) for day in programme.days if hours_of(day)]
    return {"year": programme.year, "strips": strips, "hours": drawing.hours_svg(since, to)}
