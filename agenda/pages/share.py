"""The picture that Telegram, Facebook and others show beside a link to the site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from agenda.feeds import shared_link
from agenda.publishing import versions
from conference.models import Edition
from conference.serving.editions import for_edition

A_DAY, A_MINUTE = 24 * 3600, 60


@require_safe
@for_edition
def picture(request: HttpRequest, edition: Edition, version: str, code: str | None = None) -> HttpResponse:
    """Of the edition, or of a session. What says something else by now leads to the picture of today."""
    programme = versions.published(edition)
    place = programme.places.get(code) if code else None
    if edition.previews_draft or (code and not (place and place.session.has_page)):
        raise Http404
    if version != shared_link.mark_of(edition, place):
        return _elsewhere(shared_link.address(edition, place))
    try:
        content = shared_link.picture(programme, edition, place)
    except shared_link.TooMany:
        return _elsewhere(shared_link.address(edition))
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # a chat in a browser may show it
    return response


def _elsewhere(address: str) -> HttpResponse:
    response = redirect(address)
    response["Cache-Control"] = f"public, max-age={A_MINUTE}"
    return response
