"""Calls for speakers: their texts and topics, the press that publishes them, and the reviewers with their links."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from agenda.choices import SessionState
from agenda.models import Session
from conference import clock
from conference.admin import CompactInline
from conference.files.qr_code import qr_svg
from conference.language.translated import columns
from conference.models import Edition
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import KEY, ListAdmin, never
from conference.staff.pages import admin_page, tell_number
from contributions import links
from contributions.admin.sessions import called, edition_of
from contributions.models import Call, CallTopic, Criterion, Proposal, Reviewer
from contributions.proposals import publishing, reviewing
from registration.admin.common.display import displayed, in_words
from registration.choices import Look
from registration.models import AccessLog


def _open_sessions(edition, call):
    """What is open in the agenda, and what the call names already: not all 800 rows of an agenda."""
    is_open = Q(open_call=True) | Q(title_en="", title_km="") | Q(state=SessionState.DRAFT)
    named = Q(pk__in=call.topics.values("session")) if call else Q()
    return Session.objects.of_edition(edition).select_related("parent").filter(is_open | named).in_order()


class TopicInline(CompactInline):
    model = CallTopic
    fields = ["session", "name_en", "name_km", "position"]
    extra = 1

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        edition = edition_of(request, obj)
        field = formset.form.base_fields.get("session")
        if field and edition:
            field.queryset = _open_sessions(edition, obj)
            field.label_from_instance = called
        return formset


class CriterionInline(CompactInline):
    model = Criterion
    fields = ["name_en", "name_km", "low_en", "low_km", "high_en", "high_km", "position"]


@admin.register(Call)
class CallAdmin(ListAdmin):
    """What is saved is a draft. A press publishes it, with its dates."""

    list_display = ["title_en", "title_km", "edition", "deadline", "stands"]
    list_filter = [of_edition()]
    list_select_related = ["edition"]
    inlines = [TopicInline, CriterionInline]
    change_form_template = "admin/contributions/call/change_form.html"
    view_on_site = False
    fields = [
        "edition",
        *columns("title", "text", "length", "pays"),
        "languages",
        ("opens_at", "closes_at"),
        "hides_names",
        "khmer_checked",
    ]
    when_public = _("What you write here is a draft until you publish it: also the deadline, and when it opens.")
    deadline = in_words(Call, "closes_at")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("topics__session__parent", "criteria")

    @admin.display(description=_("how it stands"))
    def stands(self, call):
        if not call.published:
            return _("draft")
        return _("public, and changes wait") if publishing.has_changes(call) else _("public")

    def get_changeform_initial_data(self, request):
        return {"edition": Edition.objects.at_work(clock.today())} | super().get_changeform_initial_data(request)

    def response_add(self, request, obj, post_url_continue=None):
        return self._after_saving(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._after_saving(request, obj) or super().response_change(request, obj)

    def _after_saving(self, request, call):
        return redirect("admin:contributions_call_look", call.pk) if "_look" in request.POST else None

    def get_urls(self):
        look, reviewers = self.admin_site.admin_view(self.look), self.admin_site.admin_view(self.reviewers)
        return [
            path("<key:pk>/look/", look, name="contributions_call_look"),
            path("<key:pk>/reviewers/", reviewers, name="contributions_call_reviewers"),
            *super().get_urls(),
        ]

    def look(self, request, pk):
        """How the call stands; publish it, take it back."""
        call = get_object_or_404(Call.objects.select_related("edition"), pk=pk)
        if not self.has_view_or_change_permission(request, call):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_change_permission(request, call):
                raise PermissionDenied
            self._press(request, call)
            return redirect("admin:contributions_call_look", call.pk)
        there = Proposal.objects.there().filter(call=call)
        address = request.build_absolute_uri(reverse("contributions:call", args=[call.edition.year, call.pk]))
        return admin_page(
            request,
            "admin/contributions/call/look.html",
            str(call),
            opts=self.opts,
            call=call,
            has_changes=publishing.has_changes(call),
            preview=publishing.as_it_would_be(call),
            may_change=self.has_change_permission(request, call),
            address=address if call.published else "",
            qr=qr_svg(address) if call.published else "",
            proposals=there.count(),
            stay_hidden=0 if call.hides_names else there.filter(names_hidden=True).count(),
        )

    def _press(self, request, call):
        if "back" in request.POST:
            publishing.take_back(call)
            self.log_change(request, call, _("Taken back"))
            messages.success(request, _("The public does not find this call any more."))
            return
        try:
            publishing.publish(call)
        except publishing.NotReady:
            messages.error(request, _("Nothing was published: give a deadline, and at least one topic."))
        else:
            self.log_change(request, call, _("Published"))
            messages.success(request, _("The call is published."))

    def reviewers(self, request, pk):
        """Who reviews, how far each is, and the link of each: shown by a press, which is noted."""
        call = get_object_or_404(Call.objects.select_related("edition"), pk=pk)
        if not request.user.has_perm("contributions.view_reviewer"):
            raise PermissionDenied
        shown = None
        if request.method == "POST":
            if not request.user.has_perm("contributions.change_reviewer"):
                raise PermissionDenied
            shown = self._of_reviewers(request, call)
            if shown is None:
                return redirect("admin:contributions_call_reviewers", call.pk)
        return admin_page(
            request,
            "admin/contributions/call/reviewers.html",
            _("Reviewers"),
            opts=self.opts,
            call=call,
            progress=reviewing.progress_of(call.pk),
            shown=shown and _link_of(request, shown),
            may_change=request.user.has_perm("contributions.change_reviewer"),
        )

    def _of_reviewers(self, request, call):
        """What was pressed. The reviewer whose link is to be shown, or None."""
        names = [" ".join(line.split())[:120] for line in request.POST.get("names", "").splitlines() if line.strip()]
        if "add" in request.POST and names:
            rows = Reviewer.objects.bulk_create(Reviewer(call=call, name=name) for name in names[:100])
            added = ngettext_lazy("%(number)s reviewer is added.", "%(number)s reviewers are added.", "count")
            tell_number(request, added, len(rows))
            return None
        for what in ("link", "renew", "switch"):
            if KEY.fullmatch(key := request.POST.get(what, "")):
                reviewer = get_object_or_404(Reviewer, call=call, pk=key)
                return _do(request, reviewer, what)
        return None


def _do(request, reviewer, what):
    if what == "link":
        AccessLog.objects.create(user=request.user, look=Look.LINK, subject=f"reviewer {reviewer.pk}")
        return reviewer
    if what == "renew":
        reviewer.link_version += 1
        messages.success(request, _("The old link opens nothing any more. Show the new one and hand it on."))
    else:
        reviewer.is_active = not reviewer.is_active
    reviewer.save()
    return None


def _link_of(request, reviewer):
    link = request.build_absolute_uri(reverse("contributions:review", args=[links.token_for("reviewer", reviewer)]))
    return {
        "reviewer": reviewer,
        "link": link,
        "qr": qr_svg(link),
        "to_telegram": f"https://t.me/share/url?{urlencode({'url': link})}",
    }


@admin.register(Reviewer)
class ReviewerAdmin(ListAdmin):
    """Reviewers are added on the page of their call; here a name is mended, or a reviewer deleted."""

    has_add_permission = never
    list_display = ["name", "call", "is_active"]
    list_filter = [of_edition("call__edition")]
    list_select_related = ["call"]
    fields = ["name", "call_shown", "is_active"]
    readonly_fields = ["call_shown"]
    call_shown = displayed(_("call for speakers"), lambda reviewer: str(reviewer.call))
