"""Handbooks, surveys and studies, with their licence and the sessions in which they are used."""

from django.contrib import admin

from agenda.models import Session
from conference.admin import PUBLIC_AT_ONCE
from conference.language.translated import columns
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin
from contributions.models import Resource


@admin.register(Resource)
class ResourceAdmin(ListAdmin):
    list_display = ["title_en", "title_km", "edition", "licence", "url", "khmer_checked"]
    list_filter = [of_edition()]
    search_fields = ["title_en", "title_km"]
    when_public = PUBLIC_AT_ONCE

    class Media:
        js = ["js/names.js"]

    filter_horizontal = ["sessions"]
    prepopulated_fields = {"slug": ["title_en"]}
    fields = [
        ("edition", "slug", "position"),
        *columns("title", "author", "about"),
        ("languages", "licence"),
        ("year", "published_on"),
        "url",
        "sessions",
        "khmer_checked",
    ]

    def get_deleted_objects(self, objs, request):
        """Without the lines that say in which sessions it is used: they have no name."""
        _lines, _counts, missing, protected = super().get_deleted_objects(objs, request)
        return list(map(str, objs)), {self.opts.verbose_name_plural: len(objs)}, missing, protected

    def get_form(self, request, obj=None, **kwargs):
        """Sessions of its own edition alone; of a new one, of all, each with its day."""
        form = super().get_form(request, obj, **kwargs)
        rows = Session.objects.select_related("day").in_order()
        if "sessions" in form.base_fields:
            form.base_fields["sessions"].queryset = rows.of_edition(obj.edition) if obj else rows
            form.base_fields["sessions"].label_from_instance = lambda session: f"{session.day}: {session}"
        return form
