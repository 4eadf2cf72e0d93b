"""Staff see what is not published yet, publish it, look at what was published, and make it the draft again."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from agenda.feeds.pdf import unprinted
from agenda.models import ProgrammeVersion
from agenda.publishing import versions
from agenda.publishing.restoring import restore
from conference.language.khmer import store_clean
from conference.language.translated import Text, columns
from conference.models import Edition
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, never
from conference.staff.pages import admin_page
from conference.words import digits, moment


@admin.register(ProgrammeVersion)
class ProgrammeVersionAdmin(ListAdmin):
    list_display = ["__str__", "published", "published_by"]
    list_filter = [of_edition()]
    list_select_related = ["edition", "published_by"]
    readonly_fields = ["published"]
    fields = ["edition", "number", "published", "published_by", *columns("note")]
    view_on_site = False

    @admin.display(description=ProgrammeVersion._meta.get_field("published_at").verbose_name, ordering="published_at")
    def published(self, version):
        return moment(version.published_at)  # in Khmer, Django would mix its words with the digits 0-9

    has_add_permission = has_change_permission = has_delete_permission = never

    def get_queryset(self, request):
        return super().get_queryset(request).defer("data", "moves")

    def get_urls(self):
        for_publishers = permission_required("agenda.publish_programme", raise_exception=True)
        publish, restore = (self.admin_site.admin_view(for_publishers(view)) for view in (self.publish, self.restore))
        return [
            path("publish/<year:year>/", publish, name="agenda_publish"),
            path("<key:pk>/restore/", restore, name="agenda_restore"),
            *super().get_urls(),
        ]

    def publish(self, request, year):
        edition = get_object_or_404(Edition, year=year)
        if request.method == "POST":
            note = Text(*(store_clean(request.POST.get(name, "")) for name in ("note_en", "note_km")))
            try:
                version = versions.publish(edition, request.user, note, seen=request.POST.get("seen", ""))
            except versions.NotPublished:
                messages.warning(request, _("Nothing was published: read what would change now, then publish."))
            else:
                self.log_addition(request, version, [{"added": {}}])
                messages.success(request, _("Version %(number)s is published.") % {"number": digits(version.number)})
                return redirect(self._after_publishing(request, edition))
        pending = versions.unpublished(edition)
        title = _("Publish the agenda of %(year)s") % {"year": digits(year)}
        template = "admin/agenda/programmeversion/publish.html"
        return admin_page(
            request,
            template,
            title,
            edition=edition,
            pending=pending,
            unprinted=unprinted(pending.draft, edition),
            typed=request.POST,
        )

    def _after_publishing(self, request, edition):
        """To what an edition still needs that the public does not see yet; else to the versions of its year."""
        if not edition.is_public and request.user.has_perm("conference.change_edition"):
            return reverse("admin:edition_ready", args=[edition.pk])
        return f"{reverse('admin:agenda_programmeversion_changelist')}?edition={edition.year}"

    def restore(self, request, pk):
        version = get_object_or_404(ProgrammeVersion, pk=pk)
        if request.method == "POST":
            try:
                restore(version)
            except ValidationError as problem:
                messages.error(request, problem.message)
            else:
                self.log_change(request, version, _("Restored into the draft"))
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
