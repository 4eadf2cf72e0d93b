"""The page of a mentor, by the mentor's own link: which team comes when, and what it asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from hackathon import links
from hackathon.models import MentorHour


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def mentor(request: HttpRequest, token: str) -> HttpResponse:
    """A mentor takes back an hour that no team has booked. For one that is booked the mentor calls the organisers."""
    known = links.mentor_for(token)
    if known is None:
        return render(request, "hackathon/unknown_link.html", status=404)
    request.edition = known.hackathon.edition  # type: ignore[attr-defined]  # for templates (context_processors)
    if request.method == "POST":
        typed = request.POST.get("take_back", "")
        if typed.isascii() and typed.isdecimal() and len(typed) <= 18:
            MentorHour.objects.free().filter(mentor=known, pk=int(typed)).delete()
        return redirect(links.mentor_address(known))
    hours = known.hours.select_related("team")
    context = {"mentor": known, "hackathon": known.hackathon, "hours": hours}
    response = render(request, "hackathon/mentor.html", context)
    response.headers["Referrer-Policy"] = "same-origin"  # the address is a secret: other sites are not told it
    return response
