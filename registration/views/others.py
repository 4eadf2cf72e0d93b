"""The public pages on which a helper signs up several people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from conference.models import Edition
from conference.serving import attempts
from conference.serving.attempts import Limit
from conference.serving.editions import for_edition
from conference.serving.visitors import visitor_of
from conference.words import digits
from registration.forms import machines
from registration.forms.others import OthersForm
from registration.forms.refusals import said_in
from registration.models import Intake
from registration.own_page import correcting_others
from registration.signing_up.receipts import Receipt, shown
from registration.views import opened
from registration.views.busy import nothing_lost
from registration.views.receipts import keep_others, next_number, others_receipts, slips

CLOSED_MEANWHILE = _("Registration closed while you were writing. Call us: the number is below.")
TOO_LATE = _(
    "The time in which answers can be changed is over. Your first answers stand, under the number that you have: call "
    "us, the number is below."
)
IN_OWN_HANDS = _(
    "This is the registration %(number)s. Since you sent it, it was changed on its own page with another telephone or "
    "computer, or by our staff, or it has a new link: what stands there counts. Take this person out and send the "
    "others, or tick that the person is to be signed up anew."
)
CANCELLED = _(
    "This is the registration %(number)s, and it is cancelled. Take this person out and send the others, or tick that "
    "the person is to be signed up anew."
)
TAKEN = _(
    "You say this of person %(person)s already: %(number)s. One registration is of one person. Take one of the two "
    "out, or tick that this is another person."
)
# People whom one visitor signs up. In a hall 300 may share one address, and do it within a quarter of an hour.
SIGN_UPS = Limit("sign up", an_hour=600, a_minute=60)
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
    if form.is_valid() and machines.seems_of_a_machine(request.POST):
        return _form_page(request, edition, form, seems_of_a_machine=True)
    if form.is_valid() and (receipts := _sign_up_or_correct(request, edition, form)):
        keep_others(request, receipts, str(form.helper.cleaned_data["form_token"]))
        return redirect("registration:others_thanks", edition.year)
    return _form_page(request, edition, form)


def _sign_up_or_correct(request: HttpRequest, edition: Edition, form: OthersForm) -> list[Receipt] | None:
    """None where it is refused: the form says why, or asks whether a person is one of before. Raises TooOften where
    new people are signed up.
    """
    people, receipts = form.answers(), [receipt for receipt, _row in others_receipts(request, edition)]
    try:
        known = correcting_others.corrected_of_each(receipts, people, form.said())
        if new := known.count(None):
            attempts.count(edition, (SIGN_UPS, visitor_of(request)), times=new)
        with said_in(form.helper, too_late=TOO_LATE, closed=CLOSED_MEANWHILE):
            return correcting_others.sign_up_or_correct(
                edition=edition,
                helper=form.helper.columns(),
                people=people,
                known=known,
                said=form.said(),
                number=next_number(request, opened.OTHERS),
                language=get_language(),
                form_token=form.helper.cleaned_data["form_token"],
            )
    except correcting_others.UnsureOfSome as some:
        for place, alike in some.receipts.items():
            form.people[place].ask(alike)
        for place, number in some.taken.items():
            form.people[place].ask([], TAKEN % {"person": digits(number + 1), "number": form.said()[place]})
    except correcting_others.OneInOwnHands as one:
        why = CANCELLED if one.is_cancelled else IN_OWN_HANDS
        form.people[one.place].ask([], why % {"number": one.receipt["spoken_code"]}, another=one.anew)
    return None


@never_cache
@require_http_methods(["GET", "HEAD"])
@for_edition
def thanks(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Each person's number, and their own link to hand over. A person with an e-mail address gets the link there."""
    people = shown(slips(request, edition))
    if not people:
        return redirect("registration:others", edition.year)
    was_corrected = any(receipt["was_corrected"] for receipt, _days, _ways in people)
    context = {"edition": edition, "people": people, "was_corrected": was_corrected}
    return render(request, "registration/others_thanks.html", context)
