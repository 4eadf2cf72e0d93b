"""The words of the site's messages, for staff to change; with a preview before anything is saved."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from conference.language.translated import columns
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin
from conference.staff.pages import admin_page
from conference.words import comma, digits, shown
from registration.admin.common.display import displayed
from registration.messages.preview import previews
from registration.models import MessageText
from registration.placeholders import ALL_THERE_ARE

HELP = _(
    "Greeting, reference number, days, link and signature stand in every message and stay. What you leave empty, the "
    "site says in its own words: leave all empty and press Preview to read them. The title of the conference follows "
    "the subject. You may write:"
)
HOW_TO_WRITE = lazy(
    lambda: f"{HELP} " + comma().join(f"{{{name}}} ({words})" for name, words in ALL_THERE_ARE.items()), str
)()


@admin.register(MessageText)
class MessageTextAdmin(ListAdmin):
    list_display = ["kind", "year", "subject_shown"]
    list_display_links = ["kind"]
    list_filter = [of_edition(), "kind"]
    list_select_related = ["edition"]
    fieldsets = [
        (
            None,
            {
                "fields": [("edition", "kind"), *columns("subject", "body")],
                "description": HOW_TO_WRITE,
            },
        )
    ]

    year = displayed(_("edition"), lambda text: digits(text.edition.year), ordering="edition__year")
    subject_shown = displayed(
        _("subject"), lambda text: shown(text.subject) if text.subject else _("in the site’s own words")
    )

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview)
        return [
            path("add/preview/", preview, name="registration_messagetext_preview_new"),
            path("<key:object_id>/change/preview/", preview, name="registration_messagetext_preview"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def preview(self, request, object_id=None):
        """What was typed, as it would arrive; in a page of its own, so that nothing typed is lost."""
        row = self.get_object(request, str(object_id)) if object_id else None
        if not (self.has_change_permission(request, row) if row else self.has_add_permission(request)):
            raise PermissionDenied
        form = self.get_form(request, row, change=row is not None)(request.POST, instance=row)
        context = {}
        if form.is_valid():
            text = form.instance
            context = {"text": text, "previews": previews(text.edition, text.kind, text)}
        template = "admin/registration/messagetext/preview.html"
        return admin_page(request, template, _("Preview"), opts=self.opts, form=form, **context)
