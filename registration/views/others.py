"""The public pages on which a helper signs up several people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.editions import for_edition
from conference.models import Edition
from registration.forms.others import OthersForm
from registration.forms.refusals import said_in
from registration.models import Intake
from registration.signing_up.receipts import Receipt, receipt_for, shown, write
from registration.signing_up.several import sign_up_others
from registration.views.busy import nothing_lost
from registration.views.receipts import keep_others, others_receipts

CLOSED_MEANWHILE = _("Registration closed while you were writing. Call us: the number is below.")
MORE = {"1": 1, "5": 5}  # what the buttons for more people send


def _form_page(
    request: HttpRequest, edition: Edition, form: OthersForm, *, status: int = 200, **happened: bool
) -> HttpResponse:
    context = {"edition": edition, "form": form, **happened}
    return render(request, "registration/others.html", context, status=status)


def _typed(request: HttpRequest, edition: Edition, **happened: Any) -> HttpResponse:
    return _form_page(request, edition, OthersForm.keep(edition, request.POST), **happened)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_edition
@nothing_lost(_typed)
def others(request: HttpRequest, edition: Edition) -> HttpResponse:
    if request.method != "POST":
        intake = Intake.of(edition)
        if intake and intake.is_open:
            return _form_page(request, edition, OthersForm.empty(edition, request.GET))
        return render(request, "registration/closed.html", {"edition": edition})
    if request.POST.keys() & {"switch", "add", "remove"}:
        # The form comes back in the other language, with more people or with one less, and with everything typed.
        gone = request.POST.get("remove", "")
        without = int(gone) if gone.isdecimal() and len(gone) <= 3 else None
        more = MORE.get(request.POST.get("add", ""), 0)
        form = OthersForm.keep(edition, request.POST, more=more, without=without)
        return _form_page(request, edition, form, has_removed=without is not None)
    form = OthersForm.sent(edition, request.POST)
    if form.is_valid() and (receipts := _sign_up(form, edition)):
        keep_others(request, receipts)
        return redirect("registration:others_thanks", edition.year)
    return _form_page(request, edition, form)


def _sign_up(form: OthersForm, edition: Edition) -> list[Receipt] | None:
    people = form.answers()
    with said_in(form.helper, too_late=CLOSED_MEANWHILE):
        told = sign_up_others(
            edition=edition,
            helper=form.helper.columns(),
            people=people,
            language=get_language(),
            form_token=form.helper.cleaned_data["form_token"],
        )
        receipts = []
        for one, answers in zip(told, people, strict=True):
            receipt = receipt_for(one, answers.person, is_slip=True)
            if one.is_same_form:  # sent before: the receipt may be emptied by now
                write(receipt)
            receipts.append(receipt)
        return receipts


@never_cache
@require_http_methods(["GET", "HEAD"])
@for_edition
def thanks(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Each person's number, and their own link to hand over. A person with an e-mail address gets the link there."""
    people = shown(others_receipts(request, edition))
    if not people:
        return redirect("registration:others", edition.year)
    return render(request, "registration/others_thanks.html", {"edition": edition, "people": people})
