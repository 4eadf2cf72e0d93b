"""The statements that staff make of what was written and said."""

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import path
from django.utils.translation import gettext_lazy as _

from conference.language.translated import columns
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin
from conference.words import digits
from contributions.admin import outcomes
from contributions.admin.gathering import gather
from contributions.admin.pieces import with_own_piece, with_pieces
from contributions.models import Statement, VoiceState


@admin.register(Statement)
class StatementAdmin(ListAdmin):
    list_display = ["__str__", "floor", "piece", "heard", "discussions", "became", "khmer_checked"]
    list_filter = [of_edition(), "became", "khmer_checked"]
    search_fields = ["text_en", "text_km"]
    list_select_related = ["floor__session", "piece"]
    fields = [
        ("edition", "number"),
        ("floor", "piece"),
        *columns("text"),
        "became",
        *columns("answer"),
        "khmer_checked",
    ]
    when_public = _("The public sees what you write here when the report is published.")

    def get_queryset(self, request):
        counted = ~Q(voices__state__in=[VoiceState.HIDDEN, VoiceState.WITHDRAWN])
        return (
            super()
            .get_queryset(request)
            .annotate(inputs=Count("voices", filter=counted, distinct=True), discussed=Count("notes", distinct=True))
        )

    def get_readonly_fields(self, request, obj=None):
        return ["edition"] if obj else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return with_pieces(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))

    @admin.display(description=_("inputs"), ordering="inputs")
    def heard(self, statement):
        return digits(statement.inputs)

    @admin.display(description=_("discussions"), ordering="discussed")
    def discussions(self, statement):
        return digits(statement.discussed)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With what it stands on: words, never writers."""
        more, statement = {}, self.get_object(request, object_id)
        if statement:
            more["stands_on"] = statement.voices.counting().select_related("floor", "piece")[:200]
            more["stands_on_notes"] = statement.notes.select_related("link")
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def get_form(self, request, obj=None, **kwargs):
        return with_own_piece(super().get_form(request, obj, **kwargs), obj)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("gather/", view(gather), name="contributions_gather"),
            path("outcomes/", view(outcomes.page), name="contributions_outcomes"),
            path(
                "outcomes/draft-<str:language>.<str:ending>",
                view(outcomes.draft_file),
                name="contributions_draft_file",
            ),
            path("tell/", view(outcomes.tell), name="contributions_tell"),
            *super().get_urls(),
        ]
