"""Talks that fell away after they were accepted: what they were for, and what is to be done."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, never
from conference.staff.pages import tell_number
from contributions.models import TalkOff
from registration.admin.common.display import EMPTY, in_words

DONE = ngettext_lazy("%(number)s talk is off this list.", "%(number)s talks are off this list.", "count")


@admin.register(TalkOff)
class TalkOffAdmin(ListAdmin):
    has_add_permission = has_change_permission = never
    list_display = ["place", "why", "of_proposal", "since"]
    list_display_links = None
    list_filter = [of_edition("call__edition")]
    list_select_related = ["call", "session__parent", "proposal"]
    actions = ["dealt_with"]
    since = in_words(TalkOff, "at")

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # the same, with a question in between
        return actions

    @admin.display(description=_("session or topic of the agenda"))
    def place(self, talk):
        """The public reads the name of the person until the agenda is published again."""
        if talk.session is None:
            return str(talk.call)
        above = talk.session.parent
        shown = talk.session.title or (above and above.title) or talk.session
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:agenda_session_change", args=[talk.session.pk]), shown
        )

    @admin.display(description=_("proposal"))
    def of_proposal(self, talk):
        if talk.proposal is None:
            return EMPTY
        address = reverse("admin:contributions_proposal_change", args=[talk.proposal.pk])
        return format_html('<a href="{}">{}</a>', address, talk.proposal)

    @admin.action(description=_("Dealt with: off this list"), permissions=["delete"])
    def dealt_with(self, request, rows):
        tell_number(request, DONE, rows.count())
        rows.delete()
