"""Many travel decisions on one page: what each person asked for, what the rates give, and the amounts to change."""

from django.contrib import admin, messages
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import Day
from agenda.publishing import chosen as published
from conference.staff.pages import tell_number
from conference.words import dates
from registration.admin.common.asking import are_of_one_edition, ask_first, chosen, is_sure
from registration.admin.common.display import with_name
from registration.admin.travel.words import DONE, REFUSED, nights_in_words
from registration.choices import DECIDED_COSTS, Currency, Look
from registration.forms.each import LineForm
from registration.models import AccessLog, TravelBudget, TravelRequest
from registration.travel import alike
from registration.travel.budget import sums
from registration.travel.proposed import Rates

TEMPLATE = "admin/registration/travelrequest/each.html"
AT_ONCE = 50  # a page of the list
COLUMNS = ["registration", "province", "nights", "days", "decision"]


@admin.action(description=gettext_lazy("Decide for each, on one page"), permissions=["decide"])
def decide_each(model_admin, request, queryset):
    picked = chosen(request, TravelRequest.objects.all()) if is_sure(request) else queryset
    days = Prefetch("registration__days", Day.objects.all(), to_attr="chosen_days")
    picked = picked.select_related("registration__edition", "decision").prefetch_related(days)
    rows = list(picked.order_by("registration__code")[: AT_ONCE + 1])
    if len(rows) > AT_ONCE:
        return messages.error(request, _("Tick at most 50 people: all of them stand on one page."))
    if not rows or not are_of_one_edition(request, [row.registration for row in rows]):
        return None
    edition = rows[0].registration.edition
    forms = _forms(request, edition, [row for row in rows if row.registration.is_coming])
    if is_sure(request) and all(form.is_valid() for form in forms):
        if not any(form.counts_changed for form in forms):
            return _decide(model_admin, request, edition, forms)
        forms = [form.worked_out() for form in forms]
        messages.warning(request, _("The amounts were worked out from the new numbers. Nothing was saved yet."))
    return _page(model_admin, request, edition, rows, forms)


def _forms(request, edition, rows):
    rates, currency = Rates.of(edition), TravelBudget.of(edition).currency
    known = {day.pk for day in published.days(edition)}
    typed = request.POST if is_sure(request) else None

    def line(row):
        days = [day for day in row.registration.chosen_days if day.pk in known]
        return LineForm(typed, row=row, days=days, rates=rates, currency=currency)

    return [line(row) for row in rows]


def _decide(model_admin, request, edition, forms):
    lines = [(form.row, form.columns, form.cleaned_data["seen"]) for form in forms if form.says_something_new]
    outcome = alike.decide_each(lines, by=request.user)
    tell_number(request, DONE, outcome.decided)
    if outcome.refused:
        codes = ", ".join(row.registration.spoken_code for row in outcome.refused)
        model_admin.message_user(request, REFUSED % {"codes": codes}, messages.WARNING)


def _page(model_admin, request, edition, rows, forms):
    """Every look at it leaves a line in the access log."""
    names = request.user.has_perm("registration.view_registration")
    AccessLog.objects.create(
        user=request.user,
        look=Look.VIEW,
        subject="travel requests",
        columns=", ".join(with_name(request, COLUMNS)),
        count=len(forms),
    )
    people = [
        {
            "form": form,
            "name": form.row.registration.shown_name if names else "",
            "nights": nights_in_words(form.row.nights),
            "days": dates(day.date for day in form.days),
        }
        for form in forms
    ]
    shown = {
        "people": people,
        "has_errors": any(form.errors for form in forms),
        "sums": sums(edition),
        "proposed": sum(form.total for form in forms),
        "currency_name": Currency(TravelBudget.of(edition).currency).label,
        "parts": DECIDED_COSTS,
    }
    return ask_first(
        request,
        model_admin,
        "decide_each",
        rows,
        template=TEMPLATE,
        concerned=[form.row for form in forms],
        about=_("The person is told as soon as all three parts are decided, and after each change from then on."),
        **shown,
    )
