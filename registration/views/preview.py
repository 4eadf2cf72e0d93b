"""The pages that staff look at beforehand, and the forms for signing up as they will be (registration.preview_urls).

What is typed into such a form goes nowhere.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conference.language.translated import Text
from conference.models import Edition
from conference.serving.editions import for_edition
from registration.choices import Previewed
from registration.forms.others import OthersForm
from registration.forms.sign_up import LAST_PAGE, SignUpForm
from registration.models import Intake
from registration.signing_up.rules import CONSENT_WORDING
from registration.views.sign_up import page_of

PAGES = [
    ("home", _("Home")),
    ("agenda", _("Agenda")),
    ("speakers", _("Speakers")),
    ("participants", _("For participants")),
    ("register", _("Sign up")),
    ("others", _("Sign up several people")),
    ("wording", _("What people agree to")),
    ("background", _("Background")),
    ("organizers", _("Organizers")),
    ("other_events", _("Other events")),
    ("accessibility", pgettext_lazy("a page", "Accessibility")),
    ("privacy", pgettext_lazy("a page", "Privacy")),
]
ONLY_WITH_INTAKE = {"privacy"}


@dataclass(frozen=True)
class Preview:
    title: Promise | Text
    name: str  # of its address
    more: str = ""  # what its address takes besides the year

    def address(self, edition: Edition, phase: str) -> str:
        return reverse(f"{phase}:{self.name}", args=[edition.year, *filter(None, [self.more])])


def pages_of(edition: Edition) -> list[Preview]:
    """Those that are the same in every year, and those that staff have written."""
    has_intake = Intake.objects.filter(edition=edition.pk).exists()
    names = [(name, title) for name, title in PAGES if has_intake or name not in ONLY_WITH_INTAKE]
    found = [Preview(title, name, CONSENT_WORDING if name == "wording" else "") for name, title in names]
    return found + [Preview(page.title, "page", page.slug) for page in edition.pages.all()]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
def sign_up(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Its buttons lead to the page before and after."""
    page = page_of(request)
    if request.method == "POST":
        if "switch" not in request.POST:
            page += -1 if "back" in request.POST else 1
        return redirect(f"{request.path}?page={min(page, LAST_PAGE)}")
    if edition.previews_phase != Previewed.OPEN:
        return render(request, "registration/closed.html", {"edition": edition})
    context = {
        "edition": edition,
        "form": SignUpForm(edition=edition).turn_to(page),
        "action": f"{request.path}?page={page}",
    }
    return render(request, "registration/register.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
def others(request: HttpRequest, edition: Edition) -> HttpResponse:
    if request.method == "POST":
        return redirect(request.path)
    if edition.previews_phase != Previewed.OPEN:
        return render(request, "registration/closed.html", {"edition": edition})
    return render(
        request, "registration/others.html", {"edition": edition, "form": OthersForm.empty(edition, request.GET)}
    )
