"""The page on which those who hold a session send their slides, and see what became of them."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from agenda.models import Appearance
from agenda.programme.value import printed_name
from conference.serving import attempts
from conference.serving.attempts import Limit
from conference.serving.visitors import visitor_of
from contributions.materials import rules
from contributions.materials.forms import MaterialForm
from contributions.materials.links import appearance_of
from contributions.typed import labels_of, typed_back
from registration.views.busy import nothing_lost

# A hall may share one address, and all who speak may send on one morning.
TYPED = labels_of(MaterialForm)
SENDINGS = Limit("materials", an_hour=200, a_minute=30)


def _typed(request: HttpRequest, token: str, **happened: Any) -> HttpResponse:
    appearance = appearance_of(token)
    if appearance is None:
        return _opens_nothing(request)
    return _page(request, appearance, MaterialForm.keep(request.POST), **happened)


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
@nothing_lost(_typed)
def materials(request: HttpRequest, token: str) -> HttpResponse:
    """A link that is wrong, revoked or too old gets one answer."""
    appearance = appearance_of(token)
    if appearance is None:
        return _opens_nothing(request)
    if request.method != "POST":
        return _page(request, appearance, _empty())
    if "switch" in request.POST:
        return _page(request, appearance, MaterialForm.keep(request.POST))
    attempts.count(appearance.session.day.edition, (SENDINGS, visitor_of(request)))
    if "withdraw" in request.POST:
        pk = request.POST["withdraw"]
        rules.withdraw(appearance, int(pk) if pk.isdecimal() and len(pk) < 19 else 0)
        return redirect(request.path)
    return _sent(request, appearance, MaterialForm(request.POST, request.FILES))


def _sent(request: HttpRequest, appearance: Appearance, form: MaterialForm) -> HttpResponse:
    """A good file has arrived, also where another answer is wrong: a browser cannot send it again by itself."""
    is_valid = form.is_valid()
    file, url = form.cleaned_data.get("file"), form.cleaned_data.get("url", "")
    if "token" not in form.cleaned_data or not (is_valid or file):
        return _page(request, appearance, form)
    try:
        rules.send(appearance, file=file, url=url, **form.said())
    except rules.TooMany:
        return _page(request, appearance, form, too_many=True)
    if is_valid:
        return redirect(f"{request.path}?sent=1")
    form.data = {
        **request.POST.dict(),
        "languages": request.POST.getlist("languages"),
        "token": str(uuid.uuid4()),
    }
    return _page(request, appearance, form, file_has_come=True)


def _empty() -> MaterialForm:
    return MaterialForm(initial={"token": uuid.uuid4()})


def _page(
    request: HttpRequest, appearance: Appearance, form: MaterialForm, *, status: int = 200, **happened: Any
) -> HttpResponse:
    session = appearance.session
    request.edition = session.day.edition  # type: ignore[attr-defined]  # for templates (context_processors)
    context = {
        "session": session,
        "who": printed_name(appearance),
        "form": form,
        "sent": appearance.materials_sent.all(),
        "has_sent": request.method == "GET" and "sent" in request.GET,
        **happened,
    }
    response = render(request, "contributions/materials.html", context, status=status)
    response.headers["Referrer-Policy"] = "same-origin"  # the address is a secret: other sites are not told it
    return response


def _opens_nothing(request: HttpRequest) -> HttpResponse:
    back = typed_back(request, TYPED)
    return back or render(request, "contributions/link_opens_nothing.html", status=404)
