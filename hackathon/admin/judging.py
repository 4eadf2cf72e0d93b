"""Judges, criteria, awards and conflicts of interest, and the addresses of the pages of judging."""

from django import forms
from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from conference.language.translated import columns
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin
from hackathon import links
from hackathon.admin import awards, panel, paper, result
from hackathon.admin.handing_on import link_page
from hackathon.judging import scoring
from hackathon.lock import hackathon_lock
from hackathon.models import Award, Conflict, Criterion, Hackathon, Judge
from registration.admin.common.display import displayed


@admin.register(Criterion)
class CriterionAdmin(ListAdmin):
    list_display = ["name_shown", "weight", "position", "khmer_checked"]
    list_filter = [of_edition("hackathon__edition")]
    fields = ["hackathon", *columns("name", "words"), ("weight", "position"), "khmer_checked"]
    when_public = _("Judges see it as soon as you save. A new criterion makes all that they gave incomplete.")
    name_shown = displayed(_("name"), lambda criterion: str(criterion.name))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        scoring.count_complete(obj.hackathon)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        scoring.count_complete(obj.hackathon)

    def delete_queryset(self, request, queryset):
        concerned = list(Hackathon.objects.filter(criteria__in=queryset).distinct())
        super().delete_queryset(request, queryset)
        for hackathon in concerned:
            scoring.count_complete(hackathon)


@admin.register(Judge)
class JudgeAdmin(ListAdmin):
    change_form_template = "admin/hackathon/judge/change_form.html"
    list_display = ["name_shown", "missing_shown", "khmer_checked"]
    list_filter = [of_edition("hackathon__edition")]
    search_fields = ["name_en", "name_km"]
    fields = ["hackathon", *columns("name"), ("position", "khmer_checked")]
    name_shown = displayed(_("name"), lambda judge: str(judge.name))
    missing_shown = displayed(_("teams still to judge"), lambda judge: judge.missing, ordering="missing")

    def get_queryset(self, request):
        return super().get_queryset(request).with_missing()

    def get_urls(self):
        return [
            path("of/<key:pk>/", panel.page, name="hackathon_panel"),
            path("of/<key:pk>/sheets/", paper.sheets, name="hackathon_sheets"),
            path("of/<key:pk>/result/", result.page, name="hackathon_result"),
            path("of/<key:pk>/certificates/", awards.certificates, name="hackathon_certificates"),
            path("<key:pk>/link/", self.admin_site.admin_view(self.link), name="hackathon_judge_link"),
            path("<key:pk>/type/", paper.type_in, name="hackathon_type_in"),
            *super().get_urls(),
        ]

    def link(self, request, pk):
        judge = get_object_or_404(Judge.objects.select_related("hackathon__edition"), pk=pk)
        return link_page(request, self, judge, links.judge_address(judge), subject=f"hackathon judge {judge.pk}")


@admin.register(Award)
class AwardAdmin(ListAdmin):
    list_display = ["place", "title_shown", "khmer_checked"]
    list_filter = [of_edition("hackathon__edition")]
    fields = ["hackathon", "place", *columns("title", "words"), "khmer_checked"]
    when_public = _("The public sees it once the result is published.")
    title_shown = displayed(_("title"), lambda award: str(award))

    def has_delete_permission(self, request, obj=None):
        """One that is given stays as it is until staff take the result back."""
        return super().has_delete_permission(request, obj) and not _is_given(obj)

    def get_readonly_fields(self, request, obj=None):
        return ["hackathon", "place"] if _is_given(obj) else []


def _is_given(award):
    return award is not None and award.teams.exists()


class ConflictForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean()
        judge, team = cleaned.get("judge"), cleaned.get("team")
        if judge and team and judge.hackathon_id != team.hackathon_id:
            self.add_error("team", _("This team is not of the hackathon of the judge."))
        elif judge and hasattr(
            judge.hackathon, "result"
        ):  # its marks would go, and with them words that the team reads
            self.add_error(None, _("The result is published. Take it back first."))
        return cleaned


@admin.register(Conflict)
class ConflictAdmin(ListAdmin):
    """Staff note one that a judge has told them, or delete one that was a mistake."""

    list_display = ["judge", "team", "reason", "at", "by"]
    list_filter = [of_edition("judge__hackathon__edition")]
    list_select_related = ["judge", "team", "by"]
    form = ConflictForm
    fields = ["judge", "team", "reason"]

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.by = request.user
        with hackathon_lock(obj.judge.hackathon_id):  # no mark comes in between
            super().save_model(request, obj, form, change)
            obj.judge.scores.filter(team=obj.team).delete()
