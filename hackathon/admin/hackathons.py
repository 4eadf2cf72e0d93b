"""The hackathon of an edition: its call, and from there its teams, its hall and its figures."""

from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.admin import StackedInline
from conference.language.translated import columns
from conference.models import Edition
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin
from hackathon.admin import figures, hall, placing
from hackathon.models import DataSet, Hackathon, Theme


class ThemeInline(StackedInline):
    model = Theme
    fields = [*columns("title", "text"), ("position", "khmer_checked")]


class DataSetInline(StackedInline):
    model = DataSet
    fields = [
        *columns("title"),
        "url",
        *columns("licence"),
        "licence_url",
        *columns("note"),
        ("position", "khmer_checked"),
    ]


@admin.register(Hackathon)
class HackathonAdmin(ListAdmin):
    change_form_template = "admin/hackathon/hackathon/change_form.html"
    list_display = ["edition", "is_published", "deadline", "pitch_at", "khmer_checked"]
    list_select_related = ["edition"]
    list_filter = [of_edition()]
    inlines = [ThemeInline, DataSetInline]
    when_public = _("The public sees what you change here as soon as you save, once the call is public.")
    fieldsets = [
        (None, {"fields": [("edition", "is_published"), *columns("about", "rules", "awards"), "khmer_checked"]}),
        (_("Teams"), {"fields": [("smallest_team", "largest_team")]}),
        (_("Moments"), {"fields": ["opens_at", "teams_closed_at", "deadline", "pitch_at"]}),
        (_("Presentations"), {"fields": [("pitch_minutes", "question_minutes")]}),
    ]

    def get_changeform_initial_data(self, request):
        return {"edition": Edition.objects.at_work(clock.today())} | super().get_changeform_initial_data(request)

    def get_readonly_fields(self, request, obj=None):
        return ["edition"] if obj else []

    def get_urls(self):
        return [
            path("<key:pk>/teams/", placing.page, name="hackathon_placing"),
            path("<key:pk>/hall/", hall.page, name="hackathon_hall"),
            path("<key:pk>/figures/", figures.page, name="hackathon_figures"),
            *super().get_urls(),
        ]
