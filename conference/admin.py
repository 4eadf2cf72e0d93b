from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from conference import clock
from conference.files.images import LogoField
from conference.language.translated import columns
from conference.models import (
    AudienceGroup,
    Edition,
    EditionOrganisation,
    Milestone,
    Organisation,
    OtherEvent,
    Purpose,
    Reference,
)
from conference.pages.publishing import carry_out
from conference.pages.tables import Page
from conference.serving.editions import sees_drafts
from conference.staff import account_admin  # noqa: F401 -- Django finds the accounts through it
from conference.staff.deleting import deleted_objects
from conference.staff.edition_filter import of_edition
from conference.staff.inline_rows import OnceEach
from conference.staff.list_admin import ListAdmin, say_language, without_buttons
from conference.staff.pages import admin_page

admin.site.site_header = _("National Open Data Conference")
admin.site.site_title = _("Staff")
admin.site.index_title = _("What is to be done")


PUBLIC_AT_ONCE = _(
    "The public sees what you change here as soon as you save, where the edition is public. Only the agenda waits "
    "until it is published."
)


class PlainTimeInput(forms.TimeInput):
    """9:30, without buttons beside it."""

    def __init__(self):
        super().__init__(format="%H:%M", attrs={"size": 8})


class CompactInline(admin.TabularInline):
    """Rows to type into, with a label at each control: no clocks, no buttons beside every choice."""

    template = "admin/compact_rows.html"
    formset = OnceEach
    extra = 0
    formfield_overrides = {
        models.TimeField: {"widget": PlainTimeInput},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 40})},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return say_language(db_field, without_buttons(super().formfield_for_dbfield(db_field, request, **kwargs)))


class StackedInline(admin.StackedInline):
    """Rows with long texts, one field under the other."""

    formset = OnceEach
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return say_language(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))


class PurposeInline(CompactInline):
    model = Purpose
    fields = ["text_en", "text_km", "position", "khmer_checked"]


class AudienceGroupInline(CompactInline):
    model = AudienceGroup
    fields = ["name_en", "name_km", "position", "khmer_checked"]


class EditionOrganisationInline(CompactInline):
    model = EditionOrganisation


class ReferenceInline(StackedInline):
    model = Reference
    fields = [("marker", "organisation", "published_on"), *columns("author", "title"), "url", "khmer_checked"]


@admin.register(Edition)
class EditionAdmin(ListAdmin):
    list_display = ["title_en", "title_km", "year", "starts_on", "ends_on", "is_public", "khmer_checked"]
    when_public = PUBLIC_AT_ONCE
    inlines = [PurposeInline, AudienceGroupInline, EditionOrganisationInline, ReferenceInline]
    get_deleted_objects = deleted_objects
    fieldsets = [
        (None, {"fields": [("year", "is_public"), *columns("title", "subtitle", "summary"), "khmer_checked"]}),
        (_("When and where"), {"fields": [
            ("starts_on", "ends_on"), ("opens_at", "closes_at"),
            *columns("venue", "address", "city", "country"), "coordinates",
            *columns("way", "entrance", "step_free", "toilets", "access"),
        ]}),
        (_("For whom and why"), {"fields": [
            "expected_participants",
            *columns("participants", "travel_note", "background_in_brief", "background", "organisers_in_brief"),
        ]}),
        (_("Notes"), {"fields": columns("programme_note", "disclaimer")}),
        (_("Contact"), {"fields": [
            *columns("contact_name", "contact_role"), ("contact_phone", "contact_email"), *columns("contact_hours"),
        ]}),
    ]  # fmt: skip


class RoleInline(CompactInline):
    """In which editions an organisation holds, pays for, or hosts the conference."""

    model = EditionOrganisation
    fk_name = "organisation"


@admin.register(Organisation)
class OrganisationAdmin(ListAdmin):
    list_display = ["name_en", "name_km", "short_name_en", "kind", "has_logo", "url", "khmer_checked"]
    list_filter = ["kind", "khmer_checked"]
    search_fields = ["name_en", "name_km", "short_name_en", "short_name_km"]
    inlines = [RoleInline]
    fields = [
        *columns("name", "short_name"),
        ("slug", "kind"),
        "part_of",
        *columns("about"),
        "url",
        ("logo", "logo_now"),
        "khmer_checked",
    ]
    readonly_fields = ["logo_now"]
    formfield_overrides = {
        models.ImageField: {"form_class": LogoField},
        models.URLField: {"assume_scheme": "https"},
    }
    prepopulated_fields = {"slug": ["short_name_en"]}
    when_public = _(
        "In the agenda and on the page of speakers, what you change here is seen when the agenda is published. Where "
        "the organisation stands as an organiser, partner or funder, it is seen as soon as you save."
    )

    @admin.display(description=_("logo"), boolean=True)
    def has_logo(self, organisation):
        return bool(organisation.logo)

    @admin.display(description=_("logo as it is shown"), empty_value="–")
    def logo_now(self, organisation):
        if not organisation.logo:
            return "–"
        return render_to_string("admin/conference/organisation/_logo.html", {"organisation": organisation})


@admin.register(Page)
class PageAdmin(ListAdmin):
    """Pages that staff write themselves. What is saved is a draft; a press publishes it, in both languages."""

    list_display = ["title_en", "title_km", "slug", "place", "position", "stands", "khmer_checked"]
    list_filter = [of_edition()]
    search_fields = ["title_en", "title_km", "text_en", "text_km"]
    fields = [("edition", "slug"), ("place", "position"), *columns("title", "text"), "khmer_checked"]
    view_on_site = False
    when_public = _(
        "What you write here is a draft until you publish it. Where it stands, and in which order, is seen as soon as "
        "you save."
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("versions")

    @admin.display(description=_("how it stands"))
    def stands(self, page):
        if not page.shown:
            return _("draft")
        return _("public") if page.shown.is_as(page) else _("public, and changes wait")

    def get_changeform_initial_data(self, request):
        return {"edition": Edition.objects.at_work(clock.today())} | super().get_changeform_initial_data(request)

    def get_readonly_fields(self, request, obj=None):
        """The address of a public page stands in messages and on paper."""
        return ["edition", "slug"] if obj and obj.shown else []

    def response_add(self, request, obj, post_url_continue=None):
        return self._after_saving(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._after_saving(request, obj) or super().response_change(request, obj)

    def _after_saving(self, request, page):
        return redirect("admin:conference_page_publish", page.pk) if "_look" in request.POST else None

    def get_urls(self):
        look = self.admin_site.admin_view(self.look)
        return [path("<key:pk>/publish/", look, name="conference_page_publish"), *super().get_urls()]

    def look(self, request, pk):
        """Both languages as visitors will see them; publish, take back, and a version made the draft again."""
        page = get_object_or_404(Page, pk=pk)
        if not self.has_view_or_change_permission(request, page):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_change_permission(request, page):
                raise PermissionDenied
            carry_out(request, page)
            return redirect("admin:conference_page_publish", page.pk)
        return admin_page(
            request,
            "admin/conference/page/publish.html",
            str(page),
            page=page,
            may_change=self.has_change_permission(request, page),
            versions=page.versions.select_related("published_by"),
            previews=self._previews(page) if sees_drafts(request.user) else [],
        )

    def _previews(self, page):
        for code, _name in settings.LANGUAGES:
            with override(code):
                yield code, reverse("draft_pages:page", args=[page.edition.year, page.slug])


class MilestoneInline(CompactInline):
    model = Milestone


@admin.register(OtherEvent)
class OtherEventAdmin(ListAdmin):
    list_display = ["title_en", "title_km", "kind", "starts_on", "deadline", "khmer_checked"]
    list_filter = [of_edition(), "kind", "khmer_checked"]
    inlines = [MilestoneInline]
    when_public = PUBLIC_AT_ONCE
    fieldsets = [
        (None, {"fields": [
            ("edition", "slug", "kind", "position"),
            *columns("title", "host", "theme", "description"), "khmer_checked",
        ]}),
        (_("When and how"), {"fields": [
            ("starts_on", "ends_on", "deadline"), ("is_online", "languages"), *columns("condition", "inclusion_note"),
        ]}),
        (_("Contact"), {"fields": ["registration_url", "more_url", ("phone", "email")]}),
    ]  # fmt: skip
