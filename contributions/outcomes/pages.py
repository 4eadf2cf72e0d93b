"""The report on the outcomes for all, its files, and the writer's own page, which says what came of an input."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from agenda.feeds import licence
from conference.files.qr_code import qr_svg
from conference.keeping.caching import public_page
from conference.models import Edition
from conference.serving.editions import for_edition
from contributions.floor import taking
from contributions.floor.links import full, not_open, private, voice_address, voice_of
from contributions.models import OutcomeVersion, VoiceState
from contributions.outcomes.content import how_to_read
from contributions.outcomes.files import FILES, file_of
from contributions.outcomes.publishing import Published, published, published_for


@public_page
@for_edition
def outcomes(request: HttpRequest, edition: Edition, number: int | None = None) -> HttpResponse:
    """The latest report, or an older one as it was."""
    found = _found(edition, number)
    context = {
        "edition": edition,
        "found": found,
        "is_old": number is not None and OutcomeVersion.objects.filter(edition=edition, number__gt=number).exists(),
        "versions": OutcomeVersion.objects.filter(edition=edition).defer("data"),
        "how": how_to_read(),
        "endings": list(FILES),
        "licence": licence,
    }
    return render(request, "contributions/outcomes/outcomes.html", context)


@public_page
@for_edition
def file(request: HttpRequest, edition: Edition, ending: str) -> HttpResponse:
    found = _found(edition, None)
    language = get_language() or "en"
    content = file_of(edition, found, ending, language)
    name = f"outcomes-{edition.year}-{found.version.number}-{language}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=FILES[ending].content_type, headers=headers)


def _found(edition: Edition, number: int | None) -> Published:
    found = published(edition, number)
    if found is None:
        raise Http404
    return found


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: HttpRequest, token: str) -> HttpResponse:
    """The writer's own page: where the input stands, what came of it, and a button that takes it back."""
    row = voice_of(token)
    if row is None:
        return not_open(request)
    request.edition = row.floor.edition  # type: ignore[attr-defined]  # for templates (context_processors)
    if "withdraw" in request.POST and "sure" in request.POST:
        taking.withdraw(row)
        return private(redirect(voice_address(row)))
    own = voice_address(row)
    context = {
        "edition": row.floor.edition,
        "voice": row,
        "own": own,
        "own_full": full(own),
        "own_qr": qr_svg(full(own)),
        "is_new": "new" in request.GET,
        "asks": "withdraw" in request.POST,
        "stands_for_it": row.merged_into if row.state == VoiceState.SHOWN else None,
        "statements": published_for(row),
    }
    return private(render(request, "contributions/outcomes/voice.html", context))
