from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.db import models
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agenda.admin import chase, importing, shifting
from agenda.admin.day import page
from agenda.admin.merging import MergingForm
from agenda.admin.moving_along import move_along
from agenda.choices import SessionState
from agenda.models import Appearance, Day, Material, Room, Session, Speaker, Track
from agenda.models.tables import IN_ORDER
from agenda.publishing import offered, versions
from conference.admin import CompactInline, PlainTimeInput, StackedInline
from conference.files.documents import DocumentField
from conference.files.images import PictureField
from conference.language.translated import columns
from conference.staff import deleting
from conference.staff.deleting import said_if_needed_meanwhile
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import KEY, FixedFilter, ListAdmin
from conference.words import clock, digits


def keep_to_edition(fields, edition):
    """Every edition has a plenary and a coffee break: only those of this edition can be chosen."""
    rows = {"day": edition.days, "track": edition.tracks, "room": edition.rooms}
    for name in rows.keys() & fields.keys():
        fields[name].queryset = rows[name].all()
    if "parent" in fields:
        fields["parent"].queryset = Session.objects.of_edition(edition).in_order()
        fields["parent"].label_from_instance = lambda session: (
            f"{session.day}, {clock(session.starts_at)}: {session}" if session.starts_at else str(session)
        )


def say_year(fields):
    """A session that is not in an edition yet chooses among the tracks and rooms of all, each with its year."""
    for name in {"track", "room"} & fields.keys():
        fields[name].queryset = fields[name].queryset.select_related("edition")
        fields[name].label_from_instance = lambda row: f"{row} ({digits(row.edition.year)})"


class DoubtFilter(FixedFilter):
    title = _("to be confirmed")
    parameter_name = "doubt"
    answers = [("yes", _("the session or a person in it"))]

    def queryset(self, request, queryset):
        return queryset.with_doubt() if self.value() else queryset


def deleted_objects(model_admin, objs, request):
    return deleting.deleted_objects(model_admin, objs, request, offered.in_the_way)


class KeepsWhatIsOffered(deleting.KeepsWhatIsNeeded):
    more = staticmethod(offered.in_the_way)


class SessionsInside(CompactInline):
    """Each row begins with its links, and they name the session: 25 times "Change" says nothing aloud."""

    model = Session
    form = MergingForm
    formset = KeepsWhatIsOffered
    readonly_fields = ["open"]
    view_on_site = False  # Django's own links name no session
    fk_name = "parent"
    verbose_name = _("session inside")
    verbose_name_plural = _("inside it: Q&A, themes, rooms, topics")
    fields = [
        "open",
        "kind",
        *(name for pair in columns("label", "title") for name in pair),
        "starts_at",
        "ends_at",
        "position",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("day__edition")

    @admin.display(description=_("Open"))
    def open(self, session):
        if session.pk is None:
            return ""
        change = reverse("admin:agenda_session_change", args=[session.pk])
        draft = reverse("draft:session", args=[session.day.edition.year, session.code])
        link = '<a href="{}">{}<span class="visually-hidden">{} {}</span></a>'
        links = [(change, _("Change"), _(":"), session), (draft, _("View on site"), _(":"), session)]
        return format_html_join(mark_safe("<br>"), link, links)


class AppearanceInline(StackedInline):
    model = Appearance
    form = MergingForm
    fields = [
        ("role", "organisation", "speaker", "position"),
        *columns("label"),
        ("state", "ask", "confirmed_by", "confirmed_on", "confirmed_how"),
    ]


class MaterialInline(StackedInline):
    model = Material
    form = MergingForm
    fields = [*columns("title"), ("file", "url"), ("languages", "licence", "position"), "khmer_checked"]
    formfield_overrides = {models.FileField: {"form_class": DocumentField}}


@admin.register(Day)
class DayAdmin(ListAdmin):
    list_display = ["__str__", "edition", "khmer_checked"]
    ordering = ["-edition__year", "date"]
    list_filter = [of_edition()]
    fields = [("edition", "date"), *columns("intro"), "khmer_checked"]
    get_deleted_objects = deleted_objects
    delete_view = said_if_needed_meanwhile(ListAdmin.delete_view)
    changelist_view = said_if_needed_meanwhile(ListAdmin.changelist_view)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A page of our own (agenda.admin.day); Django's is for the small window in which another page opens a day."""
        day = self.get_object(request, unquote(object_id))
        is_window = IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST
        if day is None or is_window or not self.has_view_or_change_permission(request, day):
            return super().change_view(request, object_id, form_url, extra_context)
        return page.show(request, day)

    def get_urls(self):
        return [
            path("<key:pk>/shift/", shifting.shift_page, name="agenda_day_shift"),
            path("<key:pk>/shift/<key:shift_pk>/undo/", shifting.undo, name="agenda_day_shift_undo"),
            *super().get_urls(),
        ]


def _back_to_day(request):
    """From a page to which the page of a day has led, one goes back to it."""
    day = request.GET.get("day", "")
    return redirect("admin:agenda_day_change", day) if KEY.fullmatch(day) else None


@admin.register(Session)
class SessionAdmin(ListAdmin):
    list_display = ["when", "title_en", "title_km", "state", "kind", "khmer_checked"]
    list_display_links = ["title_en", "title_km"]
    list_filter = [
        of_edition("day__edition"),
        DoubtFilter,
        "state",
        "day",
        "kind",
        "track",
        "open_call",
        "khmer_checked",
    ]
    list_select_related = ["day"]
    # The edition that is being prepared stands first, sessions without a time of their own stand last.
    ordering = ["-day__edition__year", *IN_ORDER]
    search_fields = ["title_en", "title_km", "label_en", "label_km", "description_en", "description_km"]
    actions = ["mark_confirmed", "mark_to_be_confirmed"]
    form = MergingForm
    inlines = [AppearanceInline, MaterialInline, SessionsInside]
    get_deleted_objects = deleted_objects
    delete_view = said_if_needed_meanwhile(ListAdmin.delete_view)
    changeform_view = said_if_needed_meanwhile(ListAdmin.changeform_view)
    changelist_view = said_if_needed_meanwhile(ListAdmin.changelist_view)
    formfield_overrides = {models.TimeField: {"widget": PlainTimeInput}}
    fieldsets = [
        (None, {"fields": [
            ("kind", "state", "open_call"), *columns("label", "title", "description"), "khmer_checked",
        ]}),
        (_("When and where"), {"fields": [
            ("day", "starts_at", "ends_at"), ("track", "room"), ("parent", "position", "code"),
        ]}),
        (_("Languages"), {"fields": [("spoken_languages", "interpretation")]}),
    ]  # fmt: skip

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if obj:
            keep_to_edition(form.base_fields, obj.day.edition)
        else:
            say_year(form.base_fields)
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        inside = [one for formset in formsets if formset.model is Session for one in formset.forms]
        move_along(request, [form, *inside])

    @admin.display(description=_("When"))
    def when(self, session):
        if session.starts_at is None:
            return session.day
        return format_html("{}<br>{} – {}", session.day, clock(session.starts_at), clock(session.ends_at))

    def response_post_save_change(self, request, obj):
        return _back_to_day(request) or super().response_post_save_change(request, obj)

    def response_delete(self, request, obj_display, obj_id):
        response = super().response_delete(request, obj_display, obj_id)
        return _back_to_day(request) or response

    def view_on_site(self, obj):
        """As it will be: the public may not see it yet."""
        return reverse("draft:session", args=[obj.day.edition.year, obj.code])

    def get_urls(self):
        return [
            path("import/", importing.import_page, name="agenda_import"),
            path("chase/", chase.chase_page, name="agenda_chase"),
            path("khmer/", chase.khmer_page, name="agenda_khmer"),
            path("chase/<key:pk>/confirm/", chase.confirm, name="agenda_chase_confirm"),
            *super().get_urls(),
        ]

    @admin.action(description=_("Mark as confirmed"), permissions=["change"])
    def mark_confirmed(self, request, queryset):
        self._mark(request, queryset, SessionState.CONFIRMED)

    @admin.action(description=_("Mark as to be confirmed"), permissions=["change"])
    def mark_to_be_confirmed(self, request, queryset):
        self._mark(request, queryset, SessionState.TO_BE_CONFIRMED)

    def _mark(self, request, queryset, state):
        number = queryset.update(state=state)
        words = ngettext("%(number)s session is now %(state)s.", "%(number)s sessions are now %(state)s.", number)
        messages.success(request, words % {"number": digits(number), "state": state.label})


@admin.register(Speaker)
class SpeakerAdmin(ListAdmin):
    list_display = ["name_en", "name_km", "organisation", "khmer_checked"]
    search_fields = ["name_en", "name_km"]
    fields = [*columns("name", "job_title"), "organisation", *columns("about"), "photo", "khmer_checked"]
    when_public = _(
        "The public sees what you change here when the agenda is published. Only the photo changes as soon as you "
        "save: one that must go is gone at once."
    )
    formfield_overrides = {models.ImageField: {"form_class": PictureField}}

    def delete_model(self, request, obj):
        versions.forget_people([obj.pk])
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        versions.forget_people([speaker.pk for speaker in queryset])
        super().delete_queryset(request, queryset)


@admin.register(Track, Room)
class NameAdmin(ListAdmin):
    list_display = ["name_en", "name_km", "edition", "position"]
    list_filter = [of_edition()]
    fields = [("edition", "position"), *columns("name"), "khmer_checked"]
