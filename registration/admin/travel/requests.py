"""The travel desk: requests, undecided ones first, and for each a page with the decision, the room and the money."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from conference.staff.edition_filter import of_edition, shown_edition
from conference.staff.list_admin import FixedFilter, Several
from conference.staff.pages import admin_page, tell_number
from conference.words import comma, date_only, phone
from registration.admin.access.sensitive import LookedAtAdmin
from registration.admin.common.asking import are_of_one_edition, ask_first, chosen, is_sure
from registration.admin.common.display import displayed, with_name
from registration.admin.lists import views
from registration.admin.travel import each, papers
from registration.admin.travel.words import DONE, REFUSED, WITHOUT_RATE, nights_in_words
from registration.choices import Currency, Look
from registration.forms.travel import AlikeForm, DecisionForm, ExpenseFormSet, RoomForm
from registration.models import AccessLog, TravelBudget, TravelDecision, TravelRequest
from registration.places.lock import TooLate
from registration.travel import alike, support
from registration.travel.budget import sums

COLUMNS = ["registration", "province", "nights", "decision", "status"]
DECIDE, PUT, PAY = "registration.decide_travel", "registration.change_stay", "registration.change_travelexpense"


class DecidedFilter(FixedFilter):
    title = gettext_lazy("decision")
    parameter_name = "decided"
    answers = [("0", gettext_lazy("not decided")), ("1", gettext_lazy("decided"))]

    def queryset(self, request, queryset):
        return queryset.filter(is_decided=self.value() == "1") if self.value() else queryset


@admin.register(TravelRequest)
class TravelRequestAdmin(LookedAtAdmin):
    list_display = ["registration", "province", "when", "is_decided", "standing"]
    list_filter = [
        DecidedFilter,
        of_edition("registration__edition"),
        ("registration__status", Several),
        ("registration__province", Several),
    ]
    list_select_related = ["registration", "decision"]
    list_per_page = 50
    name = displayed(gettext_lazy("name"), lambda row: row.registration.shown_name)
    province = displayed(gettext_lazy("Province"), lambda row: row.registration.get_province_display())
    when = displayed(gettext_lazy("nights"), lambda row: nights_in_words(row.nights))
    standing = displayed(gettext_lazy("Status"), lambda row: row.registration.get_status_display())
    is_decided = displayed(
        gettext_lazy("decision"),
        lambda row: _("decided") if row.is_decided else _("not decided"),
        ordering="is_decided",
    )

    actions = [each.decide_each, "decide_alike"]

    @admin.action(description=gettext_lazy("Decide the same for all ticked"), permissions=["decide"])
    def decide_alike(self, request, queryset):
        """First asks what, then decides for those who come."""
        picked = chosen(request, TravelRequest.objects.all()) if is_sure(request) else queryset
        rows = list(picked.select_related("registration__edition", "decision"))
        if not rows or not are_of_one_edition(request, [row.registration for row in rows]):
            return None
        edition = rows[0].registration.edition
        form = AlikeForm(request.POST if is_sure(request) else None, currency=TravelBudget.of(edition).currency)
        coming = [row for row in rows if row.registration.is_coming]
        if form.is_valid():
            outcome = alike.decide_alike(coming, form.cleaned_data, edition=edition, by=request.user)
            tell_number(request, DONE, outcome.decided)
            for text, left_out in [(WITHOUT_RATE, outcome.without_rate), (REFUSED, outcome.refused)]:
                if left_out:
                    codes = ", ".join(row.registration.spoken_code for row in left_out)
                    self.message_user(request, text % {"codes": codes}, messages.WARNING)
            return None
        template = "admin/registration/travelrequest/alike.html"
        names = request.user.has_perm("registration.view_registration")
        about = _("The person is told as soon as all three parts are decided, and after each change from then on.")
        shown = {"form": form, "with_names": names, "about": about}
        return ask_first(request, self, "decide_alike", rows, template=template, concerned=coming, **shown)

    def has_decide_permission(self, request):
        return request.user.has_perm(DECIDE)

    def get_list_display(self, request):
        return with_name(request, self.list_display)

    def get_queryset(self, request):
        return TravelRequest.objects.undecided_first()

    def get_ordering(self, request):
        return ["is_decided", "registration__code"]

    def get_urls(self):
        steps = {"decision": self.decide, "room": self.put_into_room, "expenses": self.note_expenses}
        return [
            *papers.urls(),
            *(
                path(f"<key:pk>/{name}/", self.admin_site.admin_view(view), name=f"registration_travel_{name}")
                for name, view in steps.items()
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """The list, and the sums of the edition that it shows; of all years together there are none."""
        response = super().changelist_view(request, {"title": _("Travel desk"), **(extra_context or {})})
        context = getattr(response, "context_data", None) or {}
        if rows := context.get("cl"):
            edition = shown_edition(rows).edition
            context |= {"chosen": edition, "sums": edition and sums(edition)}
            AccessLog.objects.create(
                user=request.user,
                look=Look.VIEW,
                subject="travel requests",
                columns=", ".join(with_name(request, COLUMNS)),
                count=len(rows.result_list),
            )
        return views.with_views(request, response)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id) if request.method == "GET" else None
        if row is None or not self.has_view_permission(request, row):
            return super().change_view(request, object_id, form_url, extra_context)
        return self._page(request, row)

    @method_decorator(require_POST)
    def decide(self, request, pk):
        row = self._row(request, pk, DECIDE)
        form = self._decision_form(row, request.POST)
        if not form.is_valid():
            return self._page(request, row, decision_form=form)
        try:
            is_told = support.decide(row, form.cleaned_data, by=request.user)
        except (TooLate, ValidationError):
            return self._too_late(request)
        return self._done(request, row, _("Saved. The person is told.") if is_told else _("Saved."))

    @method_decorator(require_POST)
    def put_into_room(self, request, pk):
        row = self._row(request, pk, PUT)
        form = RoomForm(request.POST, travel_request=row)
        if not form.is_valid():
            return self._page(request, row, room_form=form)
        try:
            if form.cleaned_data["room"]:
                support.put_into_room(row, **form.cleaned_data)
            else:
                support.take_out(row, form.cleaned_data["nights"], is_assistant=form.cleaned_data["is_assistant"])
        except support.NoBed as problem:
            nights = comma().join(map(date_only, problem.nights))
            form.add_error("room", _("All beds of this room are taken: %(nights)s.") % {"nights": nights})
            return self._page(request, row, room_form=form)
        except TooLate:
            return self._too_late(request)
        return self._done(request, row, _("Saved."))

    @method_decorator(require_POST)
    def note_expenses(self, request, pk):
        row = self._row(request, pk, PAY)
        formset = self._expense_forms(row, request.POST)
        if not formset.is_valid():
            return self._page(request, row, expense_forms=formset)
        try:
            support.note_expenses(row, formset, by=request.user)
        except TooLate:
            return self._too_late(request)
        return self._done(request, row, _("Saved."))

    def _row(self, request, pk, permission):
        row = TravelRequest.objects.with_edition(pk)
        if not (self.has_view_permission(request, row) and request.user.has_perm(permission)):
            raise PermissionDenied
        if row is None:
            raise Http404
        return row

    def _done(self, request, row, said):
        self.log_change(request, row, said)
        self.message_user(request, said)
        return redirect("admin:registration_travelrequest_change", row.pk)

    def _too_late(self, request):
        self.message_user(request, _("This travel request was erased or changed meanwhile."), messages.ERROR)
        return redirect("admin:registration_travelrequest_changelist")

    def _decision_form(self, row, data=None):
        decision = TravelDecision.objects.of_request(row).first() or TravelDecision(travel_request=row)
        return DecisionForm(data, instance=decision, currency=_currency(row))

    def _expense_forms(self, row, data=None):
        lines = row.expenses.in_order()
        return ExpenseFormSet(data, instance=row, queryset=lines, form_kwargs={"currency": _currency(row)})

    def _page(self, request, row, **forms):
        """Everything about one request. Every look at it leaves a line in the log."""
        self.log_look(request, row)
        registration = row.registration
        may = {name: request.user.has_perm(right) for name, right in [("decide", DECIDE), ("put", PUT), ("pay", PAY)]}
        shown = {
            "decision_form": self._decision_form(row),
            "room_form": RoomForm(travel_request=row),
            "expense_forms": self._expense_forms(row),
        }
        return admin_page(
            request,
            "admin/registration/travelrequest/page.html",
            registration.spoken_code,
            opts=self.opts,
            row=row,
            facts=_facts(row, with_name=request.user.has_perm("registration.view_registration")),
            decision=TravelDecision.objects.of_request(row).first(),
            stays=support.stays_of(row),
            rate=alike.rate_of(row),
            currency=_currency(row),
            currency_name=Currency(_currency(row)).label,
            may=may,
            may_delete=self.has_delete_permission(request, row),
            **(shown | forms),
        )


def _currency(row):
    return TravelBudget.of(row.registration.edition).currency


def _facts(row, *, with_name):
    """(what, answer) of a request, as the person gave them, and what of the registration the desk works with."""
    registration = row.registration
    facts = [(_("name"), registration.shown_name)] if with_name else []
    facts += [
        (_("Status"), registration.get_status_display()),
        (_("Province"), registration.get_province_display()),
        (_("Language of our messages"), registration.get_language_display()),
    ]
    for field in row._meta.concrete_fields:
        answer = getattr(row, field.name)
        if field.name in ("id", "registration"):
            continue
        if field.choices:
            answer = getattr(row, f"get_{field.name}_display")()
        elif isinstance(answer, bool):
            answer = _("Yes") if answer else _("No")
        elif isinstance(answer, list):
            answer = nights_in_words(answer)
        elif field.name.endswith("_phone") and answer:
            answer = phone(answer)
        facts.append((field.verbose_name, answer))
    return facts
