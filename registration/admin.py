from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registration import exports
from registration.choices import AccessNeed, FollowedLanguage, Food, Group, Look
from registration.models import AccessLog, Consent, InclusionAnswers, Intake, Registration, TravelRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin.register(Intake)
class IntakeAdmin(admin.ModelAdmin):
    list_display = ["edition", "opens_at", "closes_at", "capacity", "needs_approval"]
    fields = [
        "edition",
        ("opens_at", "closes_at"),
        ("capacity", "needs_approval"),
        ("erase_sensitive_on", "erase_all_on"),
    ]


class ReadOnly:
    """Rows that the rules make and nobody types."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ConsentInline(ReadOnly, admin.TabularInline):
    model = Consent
    fields = ["subject", "answer", "wording", "language", "given_at"]
    readonly_fields = ["given_at"]


@admin.register(Registration)
class RegistrationAdmin(admin.ModelAdmin):
    list_display = ["reference", "name_km", "name_latin", "organisation", "status", "part", "province", "created_at"]
    list_display_links = ["reference", "name_km", "name_latin"]
    list_filter = ["status", "edition", "days", "sector", "part", "province", "channel"]
    search_fields = ["code"]
    search_help_text = _(
        "Name in Khmer or Latin letters, reference number, telephone, e-mail, Telegram or organisation"
    )
    list_per_page = 50
    inlines = [ConsentInline]
    readonly_fields = ["edition", "reference", "channel", "registered_by", "language", "created_at", "updated_at"]
    fieldsets = [
        (None, {"fields": [("reference", "status"), ("name_km", "name_latin")]}),
        (_("How to reach them"), {"fields": [("phone", "phone_owner"), ("telegram", "email")]}),
        (_("Taking part"), {"fields": [("organisation", "sector", "part"), "days", "province"]}),
        (
            _("How it came"),
            {"fields": [("edition", "channel", "registered_by"), ("language", "created_at", "updated_at")]},
        ),
    ]

    @admin.display(description=_("reference number"), ordering="code")
    def reference(self, registration):
        return registration.spoken_code

    def has_add_permission(self, request):
        return False  # whoever comes in comes in through registration.signup

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        edition_pk = request.resolver_match.kwargs.get("object_id")
        if edition_pk and db_field.name == "days":
            field.queryset = field.queryset.filter(edition__registrations=edition_pk)
        return field

    def get_urls(self):
        return [
            path("export.xlsx", self.admin_site.admin_view(self.export_xlsx), name="registration_export_xlsx"),
            path("export.csv", self.admin_site.admin_view(self.export_csv), name="registration_export_csv"),
            *super().get_urls(),
        ]

    def export_xlsx(self, request):
        return self._export(request, exports.attendees_xlsx, XLSX, "xlsx")

    def export_csv(self, request):
        return self._export(request, exports.attendees_csv, "text/csv; charset=utf-8", "csv")

    def _export(self, request, write, content_type, ending):
        """What the list shows with its filters and its search, all pages of it."""
        if not self.may_export(request):
            raise PermissionDenied
        registrations = self.get_changelist_instance(request).get_queryset(request)
        exports.log_export(request.user, f"attendees.{ending}", registrations.count())
        name = f"attendees-{timezone.localdate():%Y-%m-%d}.{ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(write(registrations), content_type=content_type, headers=headers)

    def may_export(self, request):
        return request.user.has_perm("registration.export_registration")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"may_export": self.may_export(request), **(extra_context or {})})


class LookedAtAdmin(ReadOnly, admin.ModelAdmin):
    """Sensitive answers: the list shows reference numbers only, and every look at one leaves a line in the log."""

    list_display = ["registration"]
    list_select_related = ["registration"]
    search_fields = ["registration__code"]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        answers = self.get_object(request, object_id)
        if answers and self.has_view_permission(request, answers):
            AccessLog.objects.create(
                user=request.user,
                look=Look.VIEW,
                subject=f"{self.model._meta.model_name} {answers}",
                columns=", ".join(field.name for field in self.opts.concrete_fields if field.name != "id"),
            )
        return super().change_view(request, object_id, form_url, extra_context)


def _chosen(name, choices, label):
    @admin.display(description=label)
    def chosen(answers):
        return ", ".join(str(choices(value).label) for value in getattr(answers, name))

    return chosen


@admin.register(InclusionAnswers)
class InclusionAnswersAdmin(LookedAtAdmin):
    fields = [
        "registration",
        _chosen("languages", FollowedLanguage, _("languages to follow")),
        "other_language",
        _chosen("access_needs", AccessNeed, _("access needs")),
        "access_note",
        "assistant_name",
        _chosen("food", Food, _("food")),
        "food_note",
        "gender",
        "gender_words",
        "age_band",
        _chosen("groups", Group, _("groups")),
        "groups_words",
    ]
    readonly_fields = fields


@admin.register(TravelRequest)
class TravelRequestAdmin(LookedAtAdmin):
    pass


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "user", "look", "subject", "count"]
    list_filter = ["look"]
