"""Mentors and their hours."""

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from conference.admin import CompactInline
from conference.language.translated import columns
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin
from hackathon import links
from hackathon.admin.handing_on import link_page
from hackathon.models import Mentor, MentorHour
from registration.admin.common.display import displayed


class HourInline(CompactInline):
    """Which team booked it, and what it asks, is told here; teams book by their own link."""

    model = MentorHour
    fields = ["starts_at", "ends_at", "team", "question"]
    readonly_fields = ["team", "question"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("team")


@admin.register(Mentor)
class MentorAdmin(ListAdmin):
    change_form_template = "admin/hackathon/mentor/change_form.html"
    list_display = ["name_shown", "hours_shown", "khmer_checked"]
    list_filter = [of_edition("hackathon__edition")]
    search_fields = ["name_en", "name_km"]
    fields = ["hackathon", *columns("name", "about", "place"), "spoken", ("position", "khmer_checked")]
    inlines = [HourInline]
    when_public = _(
        "Name and subjects stand on the page of the hackathon as soon as you save, once the call is public."
    )
    name_shown = displayed(_("name"), lambda mentor: str(mentor.name))
    hours_shown = displayed(_("hours"), lambda mentor: len(mentor.hours.all()))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("hours")

    def get_urls(self):
        link = self.admin_site.admin_view(self.link)
        return [path("<key:pk>/link/", link, name="hackathon_mentor_link"), *super().get_urls()]

    def link(self, request, pk):
        mentor = get_object_or_404(Mentor.objects.select_related("hackathon__edition"), pk=pk)
        return link_page(request, self, mentor, links.mentor_address(mentor), subject=f"hackathon mentor {mentor.pk}")
