"""Staff open a floor, paste the draft on which people write, and hand out its address and the own links."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from agenda.models import Session
from conference import clock
from conference.admin import CompactInline
from conference.files.qr_code import qr_svg
from conference.language.translated import columns
from conference.models import Edition
from conference.staff.deleting import deleted_objects
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, without_buttons
from conference.staff.pages import admin_page
from conference.words import digits
from contributions.admin.sessions import called, edition_of
from contributions.floor.cutting import cut_and_pair
from contributions.floor.drafts import keep_draft
from contributions.floor.links import full, link_address
from contributions.floor.taking import forget_marks
from contributions.models import Floor, FloorLink, floors_with_numbers


class DraftForm(forms.Form):
    khmer = forms.CharField(
        label=_("draft text (in Khmer)"), required=False, widget=forms.Textarea(attrs={"rows": 16, "lang": "km"})
    )
    english = forms.CharField(
        label=_("draft text (in English)"), required=False, widget=forms.Textarea(attrs={"rows": 16, "lang": "en"})
    )


class FloorLinkInline(CompactInline):
    model = FloorLink
    fields = ["kind", "label", "is_open"]
    can_delete = False
    extra = 2  # so that there are rows without JavaScript, too

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("contributions.change_floor")

    has_change_permission = has_view_permission = has_add_permission


@admin.register(Floor)
class FloorAdmin(ListAdmin):
    list_display = ["__str__", "takes", "is_public", "is_open", "moderation", "number", "waiting"]
    list_filter = [of_edition(), "takes"]
    search_fields = ["title_en", "title_km"]
    inlines = [FloorLinkInline]
    fields = [
        ("edition", "takes"),
        "session",
        *columns("title", "intro"),
        ("is_public", "is_open"),
        "moderation",
        "takes_likes",
        "khmer_checked",
    ]
    when_public = _("The public sees it as soon as you save, where it is marked as public.")
    get_deleted_objects = deleted_objects

    def get_queryset(self, request):
        return floors_with_numbers(super().get_queryset(request).select_related("session"))

    def get_changeform_initial_data(self, request):
        return {"edition": Edition.objects.at_work(clock.today())} | super().get_changeform_initial_data(request)

    def get_form(self, request, obj=None, **kwargs):
        """With the sessions of its own edition."""
        form = super().get_form(request, obj, **kwargs)
        field, edition = form.base_fields.get("session"), edition_of(request, obj)
        if field and edition:
            without_buttons(field)
            field.queryset = Session.objects.of_edition(edition).select_related("day", "parent").in_order()
            field.label_from_instance = called
        return form

    def get_readonly_fields(self, request, obj=None):
        return ["edition"] if obj else []

    @admin.display(description=_("written"), ordering="number")
    def number(self, floor):
        return digits(floor.number)

    @admin.display(description=_("waits for a look"), ordering="waiting")
    def waiting(self, floor):
        return digits(floor.waiting)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not obj.is_open:
            forget_marks(obj)

    def get_urls(self):
        return [
            path("<key:pk>/draft/", self.admin_site.admin_view(self.draft), name="contributions_floor_draft"),
            path("<key:pk>/hand-out/", self.admin_site.admin_view(self.hand_out), name="contributions_floor_hand_out"),
            *super().get_urls(),
        ]

    def _row(self, request, pk):
        floor = get_object_or_404(Floor.objects.select_related("edition", "session"), pk=pk)
        if not self.has_change_permission(request, floor):
            raise PermissionDenied
        return floor

    def draft(self, request, pk):
        """Paste, look at the pieces and at what could not be paired, save."""
        floor = self._row(request, pk)
        first = {"english": floor.draft_en, "khmer": floor.draft_km}
        form = DraftForm(request.POST if request.method == "POST" else None, initial=first)
        cut = None
        if form.is_valid():
            english, khmer = form.cleaned_data["english"], form.cleaned_data["khmer"]
            if "save" in request.POST:
                keep_draft(floor, english, khmer)
                LogEntry.objects.log_actions(request.user.pk, [floor], CHANGE, _("Draft text"), single_object=True)
                messages.success(request, _("The draft is saved, and cut into pieces."))
                return redirect("admin:contributions_floor_draft", floor.pk)
            cut = cut_and_pair(english, khmer)
        elif floor.draft_en or floor.draft_km:
            cut = cut_and_pair(floor.draft_en, floor.draft_km)
        return admin_page(
            request, "admin/contributions/floor/draft.html", _("Draft text"), floor=floor, form=form, cut=cut
        )

    def hand_out(self, request, pk):
        """To print, or to send: the address for all, and the links of facilitator and note-takers."""
        floor = self._row(request, pk)
        address = full(reverse("contributions:floor", args=[floor.edition.year, floor.code]))
        links = [(link, full(link_address(link))) for link in floor.links.filter(is_open=True)]
        return admin_page(
            request,
            "admin/contributions/floor/hand_out.html",
            _("Addresses to hand out"),
            floor=floor,
            address=address,
            qr=qr_svg(address),
            screen=full(reverse("contributions:screen", args=[floor.edition.year, floor.code])),
            links=[(link, one, qr_svg(one)) for link, one in links],
        )
