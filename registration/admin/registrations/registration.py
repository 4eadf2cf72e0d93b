"""Registrations: the list, the search, the steps that staff take, the export."""

from django import forms
from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agenda.models import Day
from conference import clock
from conference.staff.edition_filter import of_edition, shown_edition
from conference.staff.list_admin import ListAdmin, Several, never
from conference.words import date_only
from registration.admin.common.display import EMPTY, called_at, displayed, further_answers, in_words, unlinked
from registration.admin.common.downloads import hand_out, list_as_file
from registration.admin.common.helper import helper_line
from registration.admin.common.inlines import save_with_author
from registration.admin.common.locked import locked, tell_offered
from registration.admin.desk.action import was_there
from registration.admin.desk.common import may_check_in
from registration.admin.lists import badges, figures, pages, report, views
from registration.admin.messages import letters
from registration.admin.registrations import entry, merging, steps, told_to_staff
from registration.admin.registrations.agreements import AgreedFilter
from registration.admin.registrations.days import AttendanceInline, DaysField, DaysFilter, chosen_days_in_words
from registration.admin.registrations.doors import new_link_page, open_page
from registration.admin.registrations.going_to import GoingTo, published_name
from registration.admin.registrations.history import StepInline
from registration.forms.fields import Email, KhmerName, LatinName, Phone, Prose, Telegram
from registration.lists import files
from registration.lists.ready import attendees
from registration.models import Attendance, BreakoutChoice, Consent, ExtraQuestion, Registration
from registration.models.registration import CONTACT_MISSING, ERASED_WORD, WHAT_FINDS, can_be_reached
from registration.own_page import changing
from registration.places.hall import intakes_with_rules
from registration.retention import wish
from registration.signing_up import transitions


class ConsentInline(admin.TabularInline):
    template = "admin/rows_to_read.html"
    has_add_permission = has_change_permission = never
    model = Consent
    fields = ["subject", "answer", "wording", "language", "by_helper", "told_how", "given"]
    readonly_fields = ["given"]
    given = in_words(Consent, "given_at")
    can_delete = False


class BreakoutInline(admin.TabularInline):
    """The themes and rooms that a participant chose, as they are published. Participants change them themselves."""

    template = "admin/rows_to_read.html"
    has_add_permission = has_change_permission = never
    model = BreakoutChoice
    fields = readonly_fields = ["breakout_shown", "session_shown"]
    breakout_shown = displayed(_("breakout"), lambda choice: published_name(choice.registration, choice.breakout))
    session_shown = displayed(_("theme or room"), lambda choice: published_name(choice.registration, choice.session))
    can_delete = False


class RegistrationForm(forms.ModelForm):
    """Staff type names and numbers as people do; they are cleaned in the same way."""

    name_km = KhmerName(label=_("Name in Khmer"), required=False, max_length=120)
    name_latin = LatinName(label=_("Name in Latin letters"), required=False, max_length=120)
    phone = Phone(label=_("Telephone"), required=False)
    telegram = Telegram(label=_("Telegram"), required=False, max_length=40)
    email = Email(label=_("E-mail"), required=False)
    remark = Prose(
        label=_("Remark of the staff"),
        required=False,
        help_text=_(
            "All staff who see registrations read this, and the person can read it too. Write nothing here about "
            "health, access, food, faith, family or money."
        ),
    )
    days = DaysField(label=_("Days"), queryset=Day.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].offer(self.instance.edition)

    def clean(self):
        """The table's own rule, which Django leaves out because the form does not have the helper."""
        has_helper = self.instance.helper is not None
        if not self.errors and not can_be_reached(self.cleaned_data, through_helper=has_helper):
            raise forms.ValidationError(CONTACT_MISSING)
        intake = intakes_with_rules().filter(edition=self.instance.edition_id).first()
        if changing.adds_a_full_day(self.instance, self.cleaned_data.get("days", []), intake):
            self.add_error("days", _("A day that you have added is full."))
        return merging.refuse_a_double(self, super().clean())


def _in_two_lines(text):
    """The style sheet cuts it after the second line: the whole text stands on the page of the person."""
    return format_html('<span class="begun">{}</span>', text) if text else ""


FURTHER = (_("Further questions"), {"fields": ["further"]})


def _questions(registration):
    """Those of our own that are not sensitive, with what this person answered: one query for a page."""
    if registration is not None and not hasattr(registration, "further_questions"):
        registration.further_questions = list(ExtraQuestion.objects.with_answers_of(registration))
    return registration.further_questions if registration is not None else []


def _further(registration):
    questions = _questions(registration)
    return further_answers(questions, questions[0].given if questions else None)


@admin.register(Registration)
class RegistrationAdmin(ListAdmin):
    form = RegistrationForm
    list_display = ["reference", "names", "telephone", "organisation_and_remark", "status", "province", "registered"]
    list_display_links = ["reference", "names"]
    list_select_related = ["helper"]
    list_filter = [
        ("status", Several),
        of_edition(),
        ("days", DaysFilter),
        GoingTo,
        ("sector", Several),
        ("part", Several),
        ("province", Several),
        ("channel", Several),
        AgreedFilter,
        merging.WithLookAlikes,
        merging.ClosedByMerging,
    ]
    search_fields = ["code"]
    search_help_text = WHAT_FINDS
    list_per_page = 50
    inlines = [AttendanceInline, BreakoutInline, ConsentInline, StepInline]
    actions = [*steps.ACTIONS.values(), was_there, letters.write, steps.renew_links]
    readonly_fields = [
        "status",
        "place_no",
        "edition_shown",
        "reference",
        "channel",
        "registered_by_shown",
        "helper_shown",
        "came",
        "changed",
        "may_be_the_same_person",
        "days_in_words",
        "further",
    ]
    fieldsets = [
        (None, {"fields": [("reference", "status", "place_no"), ("name_km", "name_latin")]}),
        (pgettext_lazy("of staff", "Remark"), {"fields": ["remark"]}),
        (_("How to reach them"), {"fields": [("phone", "phone_owner"), ("telegram", "email"), "language"]}),
        (
            _("Taking part"),
            {"fields": [("organisation", "sector", "part"), "badge_role", "days_in_words", "province"]},
        ),
        (
            _("How it came"),
            {
                "fields": [
                    ("edition_shown", "channel", "registered_by_shown", "helper_shown"),
                    ("came", "changed"),
                ]
            },
        ),
        (_("May be the same person"), {"fields": ["may_be_the_same_person"]}),
    ]
    may_be_the_same_person = merging.may_be_the_same_person
    came, changed = in_words(Registration, "created_at"), in_words(Registration, "updated_at")
    edition_shown = unlinked(Registration, "edition")
    registered_by_shown = unlinked(Registration, "registered_by")
    reference = displayed(_("reference number"), lambda row: row.spoken_code, ordering="code")
    further = displayed(_("what they answered"), _further)
    days_in_words = displayed(_("days"), chosen_days_in_words)
    registered = displayed(_("registered"), lambda row: date_only(row.created_at), ordering="created_at")
    telephone = displayed(_("Telephone"), called_at, ordering="phone")
    organisation_and_remark = displayed(
        _("organisation, remark of the staff"),
        lambda row: format_html("{} {}", row.organisation, _in_two_lines(row.remark)),
        ordering="organisation",
    )
    helper_shown = displayed(_("signed up by"), lambda row: helper_line(row.helper) or EMPTY)

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:
            obj.may_be_merged = request.user.has_perm("registration.merge_registration")
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """Staff who may change a registration tick its days; the others read them in words."""
        fieldsets = [*self.fieldsets, FURTHER] if _questions(obj) else self.fieldsets
        if not self.has_change_permission(request, obj):
            return fieldsets
        return [
            (title, {"fields": ["days" if name == "days_in_words" else name for name in part["fields"]]})
            for title, part in fieldsets
        ]

    @admin.display(description=_("name"), ordering="name_latin")
    def names(self, registration):
        """As on the badge: both, one below the other."""
        both = [name for name in (registration.name_km, registration.name_latin) if name]
        return format_html_join(mark_safe("<br>"), "{}", ((name,) for name in both))

    def add_view(self, request, form_url="", extra_context=None):
        """Staff register a person with the questions of the public form."""
        return entry.page(request, self)

    add_view.loses_nothing = True  # registration.views.busy draws its form again

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False

    def save_formset(self, request, form, formset, change):
        save_with_author(formset, Attendance, "noted_by", request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with locked(self, request, object_id):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """By the rule of the participant's own page."""
        person = {name: form.cleaned_data[name] for name in form.changed_data if name != "days"}
        days = form.cleaned_data["days"]
        tell_offered(request, changing.change_answers(obj, person=person, days=days, by=request.user))

    def save_related(self, request, form, formsets, change):
        """The days are saved already."""
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def delete_view(self, request, object_id, extra_context=None):
        with locked(self, request, object_id):
            return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        """The page that asks names also what goes along: what the same people cancelled before."""
        along = [row for registration in objs for row in wish.cancelled_before(registration)]
        return super().get_deleted_objects(list(dict.fromkeys([*objs, *along])), request)

    def log_deletions(self, request, queryset):
        """Django would write this before the deletion, which may still be refused: `delete_model` does, after it."""

    def delete_model(self, request, obj):
        """As on the participant's own page. A line in the log for each row says who did it and when, and no number."""
        gone, offered = [obj, *wish.cancelled_before(obj)], transitions.erase(obj)
        about = {"content_type": ContentType.objects.get_for_model(Registration), "object_repr": ERASED_WORD}
        for row in gone:
            LogEntry.objects.create(user=request.user, action_flag=DELETION, object_id=str(row.pk), **about)
        tell_offered(request, offered)

    def delete_queryset(self, request, queryset):
        for registration in steps.without_a_place_first(queryset):
            self.delete_model(request, registration)

    def get_urls(self):
        export = self.admin_site.admin_view(self.export)
        return [
            path("write/", letters.letter, name="registration_write"),
            path("figures/", figures.figures_page, name="registration_figures"),
            path("figures.xlsx", figures.figures_xlsx, name="registration_figures_xlsx"),
            path("report/", report.report_page, name="registration_report"),
            path("report-<slug:language>.<slug:ending>", report.report_file, name="registration_report_file"),
            path("lists/", pages.lists_page, name="registration_lists"),
            path("lists/<slug:code>.xlsx", pages.list_file, {"ending": "xlsx"}, name="registration_list_xlsx"),
            path("lists/<slug:code>.csv", pages.list_file, {"ending": "csv"}, name="registration_list_csv"),
            path("lists/<slug:code>/", pages.list_for_paper, name="registration_list_for_paper"),
            path("views/<slug:of>/keep/", views.keep_view, name="registration_keep_view"),
            path("views/<slug:of>/<key:pk>/take-away/", views.take_view_away, name="registration_take_view_away"),
            path("badges/", badges.badges_page, name="registration_badges"),
            path("certificates/", badges.certificates_page, name="registration_certificates"),
            path("export.xlsx", export, {"ending": "xlsx"}, name="registration_export_xlsx"),
            path("export.csv", export, {"ending": "csv"}, name="registration_export_csv"),
            path("<key:one_pk>/merge/<key:other_pk>/", merging.merge_page, name="registration_merge"),
            path("<key:pk>/new-link/", new_link_page, name="registration_new_link"),
            path("<key:pk>/badge/", badges.badge_page, name="registration_badge"),
            path("<key:pk>/open/", open_page, name="registration_open"),
            path("<key:pk>/further/", told_to_staff.further_page, name="registration_further"),
            path("<key:pk>/needs/", told_to_staff.needs_page, name="registration_needs"),
            path("<key:pk>/travel/", told_to_staff.travel_page, name="registration_travel_wishes"),
            *super().get_urls(),
        ]

    def export(self, request, ending):
        """What the list shows with its filters and its search, all pages of it."""
        if not request.user.has_perm("registration.export_registration"):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request)
        except IncorrectLookupParameters:  # of the page alone, which has gone meanwhile
            return redirect("admin:registration_registration_changelist")
        edition = shown_edition(rows).edition
        questions = ExtraQuestion.objects.plain()
        people = attendees(rows.get_queryset(request), questions.of(edition) if edition else questions)
        columns, count = files.codes(people), files.size(people)
        year = edition.year if edition else "all-years"
        file = list_as_file(people, f"attendees-{year}-as-of-{clock.today():%Y-%m-%d}.{ending}")
        subject = f"attendees-{year}.{ending}"
        return hand_out(request, file, subject, columns=columns, count=count, edition=edition)

    def has_write_permission(self, request):
        return request.user.has_perm("registration.write_letter")

    def has_check_in_permission(self, request):
        return may_check_in(request.user)

    def changelist_view(self, request, extra_context=None):
        may_export = request.user.has_perm("registration.export_registration")
        may = {"may_export": may_export, "may_take_lists": pages.may_take_any(request.user)}
        return views.with_views(request, super().changelist_view(request, may | (extra_context or {})))
