"""Needs and the journey, written down by the officers to whom a person says them; and, by the desk, the answers to
questions of our own that are not sensitive.

The questions and the rules are those of the participant's own page. Of what is private it is kept how the person said
it, and that they agreed: as an agreement, with the moment. The page shows what was answered before, so every look
at it leaves a line in the access log; but for the last ones, which the desk sees anyway.
"""

from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from conference.staff.pages import admin_page
from registration.choices import Look
from registration.forms.change import ExtraForm, NeedsForm, ToldForm, TravelForm
from registration.forms.questions import LANGUAGES, NEEDS, TRAVEL
from registration.forms.refusals import said_in
from registration.models import AccessLog, Intake, Registration
from registration.own_page import changing

TEMPLATE = "admin/registration/registration/told_to_staff.html"
NOT_SAVED = gettext_lazy(
    "Nothing was saved. Either the person does not come any more, or these answers are erased already, or the travel "
    "desk has worked on the request: then it takes that back first."
)


@dataclass(frozen=True)
class Part:
    """One part of the answers: who may write it down, with which questions, by which rule."""

    code: str
    title: Promise
    permissions: list[str]
    form: type[NeedsForm | TravelForm | ExtraForm]
    columns: list[str]
    is_sensitive: bool = True


NEEDS_PART = Part(
    "needs",
    gettext_lazy("Languages, access and food"),
    ["registration.view_inclusionanswers", "registration.change_inclusionanswers"],
    NeedsForm,
    [*LANGUAGES, *NEEDS, "extra"],
)
TRAVEL_PART = Part(
    "travel",
    gettext_lazy("Journey and room"),
    ["registration.view_travelrequest", "registration.change_travelrequest"],
    TravelForm,
    list(TRAVEL),
)

FURTHER_PART = Part(
    "further",
    gettext_lazy("Further questions"),
    ["registration.view_registration", "registration.change_registration"],
    ExtraForm,
    ["extra_answers"],
    is_sensitive=False,
)


@admin.site.admin_view
@sensitive_post_parameters()
def further_page(request, pk):
    return _page(request, pk, FURTHER_PART, changing.change_extra)


@admin.site.admin_view
@sensitive_post_parameters()
def needs_page(request, pk):
    return _page(request, pk, NEEDS_PART, changing.change_needs)


@admin.site.admin_view
@sensitive_post_parameters()
def travel_page(request, pk):
    return _page(request, pk, TRAVEL_PART, changing.change_travel)


def _page(request, pk, part, save):
    if not request.user.has_perms(part.permissions):
        raise PermissionDenied
    registration = get_object_or_404(Registration.objects.select_related("edition"), pk=pk)
    typed = request.POST if request.method == "POST" else None
    form = part.form(typed, registration=registration)
    told = ToldForm(typed) if part.is_sensitive else None
    if all(one.is_valid() for one in (form, told) if one is not None):
        how = {"told_how": told.cleaned_data["told_how"]} if told else {}
        with said_in(form, too_late=NOT_SAVED):
            save(registration, **form.answers(), by=request.user, **how)
        if not form.errors:
            admin.site.get_model_admin(Registration).message_user(request, _("Saved."))
            return redirect("admin:registration_registration_change", registration.pk)
    if part.is_sensitive:
        AccessLog.objects.create(
            user=request.user,
            look=Look.VIEW,
            subject=f"{part.code} {registration}",
            columns=", ".join(part.columns),
        )
    return admin_page(
        request,
        TEMPLATE,
        part.title,
        registration=registration,
        form=form,
        told=told,
        is_possible=not part.is_sensitive or changing.may_ask(registration, Intake.of(registration.edition)),
    )
