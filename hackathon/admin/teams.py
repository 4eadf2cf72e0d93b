"""The list of teams, and the page of one: what stands of its project, its link, what became of it."""

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from conference.language.translated import columns
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import FixedFilter, ListAdmin, never
from conference.words import moment
from hackathon import links
from hackathon.admin.handing_on import link_page
from hackathon.mentoring.booking import give_all_back
from hackathon.models import Member, Team
from registration.admin.common.display import EMPTY, displayed


class StateFilter(FixedFilter):
    title = _("what is missing")
    parameter_name = "missing"
    answers = [
        ("people", _("people: the team is too small")),
        ("project", _("the project")),
        ("later", _("what became of the project")),
    ]

    def queryset(self, request, queryset):
        match self.value():
            case "people":
                return queryset.too_small()
            case "project":
                return queryset.without_project()
            case "later":
                return queryset.without_later()
        return queryset


@admin.register(Team)
class TeamAdmin(ListAdmin):
    """Teams are made by participants, or on the page of people without one; none is deleted here: it is withdrawn."""

    has_add_permission = has_delete_permission = never
    change_form_template = "admin/hackathon/team/change_form.html"
    list_display = ["number", "name", "people_shown", "project_shown", "pitch_no", "is_withdrawn", "is_shown"]
    list_display_links = ["name"]
    list_filter = [StateFilter, of_edition("hackathon__edition")]
    list_select_related = ["hackathon", "submission"]
    search_fields = ["name"]
    actions = None
    fields = [
        "name",
        "seeks",
        "project_shown",
        "saved",
        ("is_withdrawn", "is_shown"),
        *columns("later"),
        "khmer_checked",
    ]
    readonly_fields = ["project_shown", "saved"]
    people_shown = displayed(_("people"), lambda team: team.people)
    project_shown = displayed(
        _("project"), lambda team: str(team.submission) if hasattr(team, "submission") else EMPTY
    )
    saved = displayed(
        _("saved"), lambda team: moment(team.submission.saved_at) if hasattr(team, "submission") else EMPTY
    )

    def get_queryset(self, request):
        return super().get_queryset(request).with_people()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """With what the page showed: what the team has changed by its link since then is not written over."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.show_hidden_initial = True
        return field

    def save_model(self, request, obj, form, change):
        obj.save(update_fields=form.changed_data)
        if obj.is_withdrawn:
            give_all_back(obj)

    def get_urls(self):
        link = self.admin_site.admin_view(self.link)
        return [path("<key:pk>/link/", link, name="hackathon_team_link"), *super().get_urls()]

    def link(self, request, pk):
        team = get_object_or_404(Team.objects.select_related("hackathon__edition"), pk=pk)
        return link_page(request, self, team, links.team_address(team), subject=f"hackathon team {team.number}")


class LookingFilter(FixedFilter):
    title = _("team")
    parameter_name = "team"
    answers = [("none", _("looks for a team"))]

    def queryset(self, request, queryset):
        return queryset.to_place().running() if self.value() else queryset


@admin.register(Member)
class MemberAdmin(ListAdmin):
    """To be looked at. People are put into teams on the page of teams."""

    has_add_permission = has_change_permission = has_delete_permission = never
    list_display = ["registration", "name", "team", "spoken_words", "skills_words", "province"]
    list_display_links = None
    list_filter = [LookingFilter, of_edition("hackathon__edition")]
    list_select_related = ["registration", "team"]
    actions = None
    name = displayed(_("name"), lambda member: member.registration.shown_name)
    spoken_words = displayed(_("languages to work in"), lambda member: member.spoken_words or EMPTY)
    skills_words = displayed(_("what the person brings"), lambda member: member.skills_words or EMPTY)
    province = displayed(_("province"), lambda member: member.registration.get_province_display() or EMPTY)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perms(["hackathon.view_member", "registration.view_registration"])

    has_module_permission = has_view_permission
