"""Rounds of feedback, the comments that staff read first, the numbers, and the sheet with the QR codes."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agenda.models import Session
from agenda.publishing import versions
from conference.admin import PUBLIC_AT_ONCE
from conference.files.qr_code import qr_svg
from conference.language.translated import Text, columns
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, never
from conference.staff.pages import admin_page, chosen_edition
from contributions.admin import files
from contributions.feedback import rules, summary
from contributions.models import Feedback, FeedbackRound

FOLDER = "admin/contributions/feedback"


@admin.register(FeedbackRound)
class FeedbackRoundAdmin(ListAdmin):
    list_display = ["edition", "until"]
    fields = ["edition", "until", *columns("lead"), "khmer_checked"]
    when_public = PUBLIC_AT_ONCE

    def get_readonly_fields(self, request, obj=None):
        return ["edition"] if obj else []


class ReadForm(forms.ModelForm):
    """The choice says of which comment it is: a list has no label beside it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "comment_state" in self.fields:  # Django makes one without a row, for the scripts
            field = self.fields["comment_state"]
            field.widget.attrs["aria-label"] = f"{field.label} ({self.instance})"


@admin.register(Feedback)
class FeedbackAdmin(ListAdmin):
    """A list to read: no row has a page of its own."""

    has_add_permission = never
    list_display = ["about", "useful", "followed", "words", "comment_state", "on"]
    list_display_links = None
    list_editable = ["comment_state"]
    list_filter = ["comment_state", of_edition()]
    list_per_page = 50

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=ReadForm, **kwargs)

    def get_queryset(self, request):
        session = Session.objects.filter(uuid=OuterRef("session_uuid"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                title_en=Subquery(session.values("title_en")[:1]), title_km=Subquery(session.values("title_km")[:1])
            )
        )

    @admin.display(description=_("about"))
    def about(self, feedback):
        if feedback.session_uuid is None:
            return _("the whole conference")
        return Text(feedback.title_en or "", feedback.title_km or "") or _("a session that is gone")

    @admin.display(description=_("comment"))
    def words(self, feedback):
        said = [(Feedback._meta.get_field(name).verbose_name, getattr(feedback, name)) for name in ("good", "better")]
        found = [(name, _(":"), words) for name, words in said if words]
        return format_html_join(mark_safe("<br>"), "<b>{}{}</b> {}", found) if found else "–"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return redirect("admin:contributions_feedback_changelist")

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("results/", view(self.results), name="contributions_feedback_results"),
            path("results.<str:ending>", view(self.file), name="contributions_feedback_file"),
            path("sheet/", view(self.sheet), name="contributions_feedback_sheet"),
            *super().get_urls(),
        ]

    def results(self, request):
        """True numbers: those who may read each answer may count them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        edition = chosen_edition(request)
        asked = rules.round_of(edition)
        return admin_page(
            request,
            f"{FOLDER}/results.html",
            _("Feedback in numbers"),
            opts=self.opts,
            chosen=edition,
            found=summary.for_staff(edition, versions.published(edition)),
            is_over=asked is not None and asked.is_over,
            file_from=asked and asked.until + timedelta(days=1),
        )

    def file(self, request, ending):
        """To be passed on: only once no more can come, so that no two files tell what one person said."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        edition = chosen_edition(request)
        asked = rules.round_of(edition)
        if asked is None or not asked.is_over:
            raise Http404
        return files.handed_out(request, files.feedback(edition, versions.published(edition)), edition, ending)

    def sheet(self, request):
        """To print and cut: a card for each session and one for the conference, in both languages."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        edition = chosen_edition(request)
        programme = versions.published(edition)
        about = [rules.subject(edition, programme), *rules.subjects(edition, programme)]
        cards = [(one, address := _address(edition, one), qr_svg(address)) for one in about]
        return admin_page(
            request,
            f"{FOLDER}/sheet.html",
            _("QR codes for feedback"),
            opts=self.opts,
            chosen=edition,
            cards=cards,
            languages=["km", "en"],  # as on other paper
            is_asked=rules.round_of(edition) is not None,
        )


def _address(edition, about):
    """Khmer first, as on other paper; the page has a switch."""
    with override("km"):
        name = "contributions:session_feedback" if about.code else "contributions:feedback"
        args = [edition.year, about.code] if about.code else [edition.year]
        return f"{settings.SITE_URL}{reverse(name, args=args)}"
