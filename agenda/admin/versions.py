"""Staff see what is not published yet, publish it, look at what was published, and make it the draft again."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _

from agenda.models import ProgrammeVersion
from agenda.publishing import versions
from agenda.publishing.restoring import restore
from conference.admin import admin_page
from conference.khmer import store_clean
from conference.list_admin import ListAdmin
from conference.models import Edition
from conference.translated import Text, columns
from conference.words import digits


@admin.register(ProgrammeVersion)
class ProgrammeVersionAdmin(ListAdmin):
    list_display = ["__str__", "published_at", "published_by"]
    list_filter = ["edition"]
    list_select_related = ["edition", "published_by"]
    fields = ["edition", "number", "published_at", "published_by", *columns("note")]
    view_on_site = False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("data", "moves")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        ours = [("publish/<int:year>/", self.publish), ("<int:pk>/restore/", self.restore)]
        named = [
            path(address, self.admin_site.admin_view(view), name=f"agenda_{view.__name__}") for address, view in ours
        ]
        return named + super().get_urls()

    def publish(self, request, year):
        _only_publishers(request)
        edition = get_object_or_404(Edition, year=year)
        if request.method == "POST":
            version = self._publish(request, edition)
            if version:
                self.log_addition(request, version, [{"added": {}}])
                messages.success(request, _("Version %(number)s is published.") % {"number": digits(version.number)})
                return redirect("admin:agenda_programmeversion_changelist")
            messages.warning(request, _("Nothing was published: read what would change now, then publish."))
        pending = versions.unpublished(edition)
        title = _("Publish the agenda of %(year)s") % {"year": digits(year)}
        template = "admin/agenda/programmeversion/publish.html"
        return admin_page(request, template, title, edition=edition, pending=pending, typed=request.POST)

    def _publish(self, request, edition):
        note = Text(*(store_clean(request.POST.get(name, "")) for name in ("note_en", "note_km")))
        try:
            return versions.publish(edition, request.user, note, seen=request.POST.get("seen", ""))
        except versions.NotPublished:
            return None

    def restore(self, request, pk):
        _only_publishers(request)
        version = get_object_or_404(ProgrammeVersion, pk=pk)
        if request.method == "POST":
            try:
                restore(version)
            except ValidationError as problem:
                messages.error(request, problem.message)
            else:
                self.log_change(request, version, "restored into the draft")
                messages.success(
                    request, _("The draft is as in version %(number)s.") % {"number": digits(version.number)}
                )
                return redirect("admin:agenda_publish", version.edition.year)
        lines = versions.restoring_changes(version)
        title = _("Restore version %(number)s of %(year)s into the draft") % {
            "number": digits(version.number),
            "year": digits(version.edition.year),
        }
        template = "admin/agenda/programmeversion/restore.html"
        return admin_page(request, template, title, version=version, lines=lines)


def _only_publishers(request):
    if not request.user.has_perm("agenda.publish_programme"):
        raise PermissionDenied
