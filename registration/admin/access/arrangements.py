"""What is arranged for access needs: for inclusion officers alone, and every look leaves a line in the access log."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from conference.models import Edition
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import FixedFilter, ListAdmin, Several, never
from conference.staff.pages import admin_page, tell_number
from conference.words import digits
from registration.access import arrangements, costs
from registration.admin.common.asking import are_of_one_edition, ask_first, chosen, is_sure, what_is_told
from registration.admin.common.display import displayed, in_words, unlinked, with_name
from registration.admin.common.downloads import XLSX, attachment, hand_out
from registration.admin.lists import views
from registration.choices import ArrangementState, Look, MessageKind, ToldHow
from registration.forms.travel import money_of
from registration.models import AccessLog, Arrangement

COLUMNS = ["registration", "need", "state", "told_how"]
OF_ONE = ["provider", "cost", "currency", "in_their_words", "offered_instead", "note"]


CHANGED = ngettext_lazy("%(number)s arrangement was changed.", "%(number)s arrangements were changed.", "count")
ON_ITS_WAY = ngettext_lazy(
    "%(number)s message is on its way, by e-mail or on the call list.",
    "%(number)s messages are on their way, by e-mail or on the call list.",
    "count",
)


class OpenFilter(FixedFilter):
    title = _("what the person knows")
    parameter_name = "open"
    answers = [("yes", _("not yet: still open")), ("to_tell", _("not yet: to be told now"))]

    def queryset(self, request, queryset):
        chosen = {"yes": queryset.open, "to_tell": queryset.to_be_told}.get(self.value())
        return chosen() if chosen else queryset


class LineForm(forms.ModelForm):
    """One line of the list: each field says whose it is, for readers who do not see the column."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Django makes one more form, without a row, to find the scripts and styles of the page.
        for field in self.fields.values() if self.instance.pk else []:
            field.widget.attrs["aria-label"] = f"{field.label}, {self.instance}"


class ArrangementForm(forms.ModelForm):
    cost = money_of(Arrangement, "cost")

    class Meta:
        widgets = {
            "provider": forms.TextInput(attrs={"class": "vTextField"}),
            "offered_instead": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 4}),
            "note": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 4}),
        }


def _days_waiting(arrangement):
    days = digits(arrangement.days_since_asked)
    return format_html("{} <strong>{}</strong>", days, _("late")) if arrangement.is_late else days


@admin.register(Arrangement)
class ArrangementAdmin(ListAdmin):
    has_add_permission = never  # they come from the answers
    form = ArrangementForm
    list_display = ["who", "need_in_words", "state", "told_how", "waiting"]
    list_editable = ["state", "told_how"]
    list_filter = [OpenFilter, ("state", Several), of_edition("answers__registration__edition")]
    list_select_related = ["answers__registration__edition"]
    list_per_page = 50
    search_fields = ["answers__registration__code"]
    search_help_text = _("Reference number")
    actions = ["book", "confirm", "tell", "note_told"]
    readonly_fields = ["reference", "need_in_words", "words", "asked", "standing", "changed", "changed_by_shown"]
    changed = in_words(Arrangement, "changed_at")
    changed_by_shown = unlinked(Arrangement, "changed_by")
    reference = displayed(_("reference number"), str, ordering="answers__registration__code")
    name = displayed(_("name"), lambda row: row.answers.registration.shown_name)
    words = displayed(_("in their own words"), lambda arrangement: arrangement.in_their_words)
    asked = displayed(_("days since it was asked for"), _days_waiting)
    waiting = displayed(_("days waiting"), _days_waiting, ordering="asked_at")
    standing = displayed(_("registration"), lambda row: row.answers.registration.get_status_display())
    who = displayed(
        _("reference number"),
        lambda row: format_html("{}<br>{}", row, row.answers.registration.get_status_display()),
        ordering="answers__registration__code",
    )
    fieldsets = [
        (None, {"fields": [("reference", "standing"), "need_in_words", "words", "asked"]}),
        (_("How far it is"), {"fields": [("state", "told_how"), "offered_instead"]}),
        (
            _("How it is done"),
            {"fields": ["provider", ("cost", "currency"), "note", ("changed", "changed_by_shown")]},
        ),
    ]

    @admin.display(description=_("need"))
    def need_in_words(self, arrangement):
        is_still_asked_for = arrangement.need in arrangements.needs_of(arrangement.answers)
        need = arrangement.get_need_display()
        return need if is_still_asked_for else format_html("{} <strong>({})</strong>", need, _("no longer asked for"))

    @admin.action(description=_("It is booked"), permissions=["change"])
    def book(self, request, queryset):
        tell_number(request, CHANGED, arrangements.move(queryset, ArrangementState.BOOKED, by=request.user))

    @admin.action(description=_("It is confirmed"), permissions=["change"])
    def confirm(self, request, queryset):
        number = arrangements.move(queryset, ArrangementState.CONFIRMED, by=request.user)
        tell_number(request, CHANGED, number)
        if number:
            self.message_user(request, _("Now let them know: choose “Tell them” as the action."))

    @admin.action(description=_("Tell them that there is news on their own page"), permissions=["change"])
    def tell(self, request, queryset):
        if is_sure(request):
            return tell_number(request, ON_ITS_WAY, arrangements.tell(chosen(request, Arrangement.objects.all())))
        people = list(arrangements.people_to_tell(queryset).select_related("edition"))
        if not are_of_one_edition(request, people):
            return None
        told = what_is_told(people, MessageKind.OWN_NEWS)
        template = "admin/registration/arrangement/ask_first.html"
        return ask_first(request, self, "tell", queryset, template=template, concerned=people, left_out=0, **told)

    @admin.action(description=_("They were told"), permissions=["change"])
    def note_told(self, request, queryset):
        """First asks how, then notes it."""
        how = request.POST.get("how")
        if how not in ToldHow.values:
            template = "admin/registration/arrangement/told.html"
            title = _("How were they told?")
            return admin_page(request, template, title, arrangements=queryset, ways=ToldHow.choices)
        tell_number(request, CHANGED, arrangements.note_told(queryset, how, by=request.user))
        return None

    def get_list_display(self, request):
        return with_name(request, self.list_display)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("-", ""))

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=LineForm, **kwargs)

    def save_model(self, request, obj, form, change):
        arrangements.save(obj, by=request.user)

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(
            request, {"editions": Edition.objects.latest_first(), **(extra_context or {})}
        )
        if shown := (getattr(response, "context_data", None) or {}).get("cl"):
            _log_look(request, "arrangements", with_name(request, COLUMNS), count=len(shown.result_list))
        return views.with_views(request, response)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        arrangement = self.get_object(request, object_id)
        if arrangement and self.has_view_or_change_permission(request, arrangement):
            _log_look(request, f"arrangement {arrangement}", [*COLUMNS, *OF_ONE])
        return super().change_view(request, object_id, form_url, extra_context)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("costs/<year:year>/", view(self.costs), name="registration_arrangement_costs"),
            path("counts/<year:year>.xlsx", view(self.counts_xlsx), name="registration_arrangement_counts_xlsx"),
            *super().get_urls(),
        ]

    def costs(self, request, year):
        """What access costs, for each need and in all: a page, also for paper."""
        edition = self._edition(request, year)
        lines = costs.costs(edition)
        _log_look(request, f"arrangements {year}: costs", ["need", "cost"], count=len(lines))
        return admin_page(
            request,
            "admin/registration/arrangement/costs.html",
            _("What access costs"),
            edition=edition,
            lines=lines,
            in_all=costs.in_all(lines),
        )

    def counts_xlsx(self, request, year):
        """For the provider: how many need what on which day, without names."""
        edition = self._edition(request, year)
        rows = costs.counts(edition)
        name = f"access-{year}.xlsx"
        file = attachment(name, costs.counts_xlsx(edition, rows), XLSX)
        return hand_out(request, file, name, columns=["need", "days", "people"], count=len(rows))

    def _edition(self, request, year):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Edition, year=year)


def _log_look(request, subject, columns, count=1):
    AccessLog.objects.create(
        user=request.user, look=Look.VIEW, subject=subject, columns=", ".join(columns), count=count
    )
