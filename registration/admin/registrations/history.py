"""What happened to a registration, and what participants ask staff to change."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import FixedFilter, never
from conference.staff.pages import tell_number
from registration.admin.access.sensitive import LookedAtAdmin
from registration.admin.common.display import displayed, in_words, unlinked
from registration.models import ChangeRequest, Step
from registration.own_page import changing


class StepInline(admin.TabularInline):
    template = "admin/rows_to_read.html"
    has_add_permission = has_change_permission = never
    model = Step
    fields = readonly_fields = ["when", "words", "who"]
    when = in_words(Step, "at")
    words = displayed(_("what"), lambda step: step.words_for_staff)
    who = displayed(_("by"), lambda step: step.who)
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by", "registration")


class DoneFilter(FixedFilter):
    title = _("state")
    parameter_name = "done_at__isempty"
    answers = [("1", _("not done yet")), ("0", _("already done"))]

    def queryset(self, request, queryset):
        return queryset.filter(done_at__isnull=self.value() == "1") if self.value() in ("0", "1") else queryset


@admin.register(ChangeRequest)
class ChangeRequestAdmin(LookedAtAdmin):
    """What participants wrote may be sensitive: each look at it leaves a line in the access log."""

    list_display = ["registration", "asked", "done", "done_by"]
    list_select_related = ["registration", "done_by"]
    list_filter = [DoneFilter, of_edition("registration__edition")]
    fields = ["registration", "text", "asked", "done", "done_by_shown"]
    readonly_fields = ["asked", "done", "done_by_shown"]
    done_by_shown = unlinked(ChangeRequest, "done_by")
    asked = in_words(ChangeRequest, "created_at")
    done = in_words(ChangeRequest, "done_at")
    actions = ["mark_done"]

    @admin.action(description=_("Mark as done"), permissions=["do"])
    def mark_done(self, request, queryset):
        done = ngettext_lazy("%(number)s request is done.", "%(number)s requests are done.", "count")
        tell_number(request, done, changing.finish_requests(queryset, by=request.user))

    def has_do_permission(self, request):
        return request.user.has_perm("registration.change_changerequest")
