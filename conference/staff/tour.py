"""The first steps of a new colleague: one page of ten lines, which their first page leads to until it is put away."""

from dataclasses import dataclass

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference import clock
from conference.models import Edition
from conference.staff.pages import admin_page

PUT_AWAY = "first_steps"  # a cookie: it says something of this browser alone
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Step:
    text: str | Promise
    view: str
    right: str = ""
    of_edition: str = ""  # the column of the edition at work that its address takes

    def address(self, request: HttpRequest, edition: Edition | None) -> str:
        """Empty where this colleague may not go there: the line then says what others do."""
        if self.right and not request.user.has_perm(self.right):
            return ""
        if not self.of_edition:
            return reverse(self.view)
        return reverse(self.view, args=[getattr(edition, self.of_edition)]) if edition else ""


STEPS = [
    Step(
        gettext_lazy("My account: choose a password of your own, set up the app on your telephone, print the codes."),
        "account",
    ),
    Step(gettext_lazy("The first page says what waits for you. Begin each day there."), "admin:index"),
    Step(
        gettext_lazy("The edition: dates, venue, contact. “Make ready” says what is still missing."),
        "admin:edition_ready",
        "conference.change_edition",
        "pk",
    ),
    Step(
        gettext_lazy("Who holds and pays for the conference, with logo and website."),
        "admin:conference_organisation_changelist",
        "conference.view_organisation",
    ),
    Step(
        gettext_lazy("The agenda: paste the table from Word or Excel, look at what it would do, then take it in."),
        "admin:agenda_import",
        "agenda.add_session",
    ),
    Step(
        gettext_lazy("What is unfinished: whom to call, what has no Khmer, what clashes."),
        "admin:agenda_chase",
        "agenda.view_session",
    ),
    Step(
        gettext_lazy("Publish: the public sees the agenda as it was when you pressed."),
        "admin:agenda_publish",
        "agenda.publish_programme",
        "year",
    ),
    Step(
        gettext_lazy("The intake: when sign-up opens, how many places there are, when answers are erased."),
        "admin:registration_intake_changelist",
        "registration.view_intake",
    ),
    Step(
        gettext_lazy("The people: tick them in the list and choose a step, such as confirm, decline or write."),
        "admin:registration_registration_changelist",
        "registration.view_registration",
    ),
    Step(
        gettext_lazy("The day itself: lists, badges and sheets to print. Taking people in is under Desk."),
        "admin:registration_lists",
        "registration.view_registration",
    ),
]


@admin.site.admin_view
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        response: HttpResponse = redirect("admin:index")
        response.set_cookie(
            PUT_AWAY, "away", max_age=A_YEAR, path="/admin/", secure=request.is_secure(), httponly=True, samesite="Lax"
        )
        return response
    edition = Edition.objects.at_work(clock.today())
    steps = [(step.text, step.address(request, edition)) for step in STEPS]
    response = admin_page(request, "admin/first_steps.html", _("Your first steps, in ten lines"), steps=steps)
    return response
