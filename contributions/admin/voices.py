"""What was written and said: staff look at it, show or hide it, merge it, and gather it into statements."""

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from conference.staff.deleting import deleted_objects
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, never
from conference.staff.pages import tell_number
from conference.words import digits
from contributions.admin.gathering import ask_where
from contributions.admin.pieces import with_own_piece, with_pieces
from contributions.floor import taking
from contributions.models import Handled, Note, Sender, Voice, VoiceState
from contributions.outcomes import gathering
from registration.choices import Look
from registration.models import AccessLog

SEES_WRITERS = "contributions.view_sender"
DONE = ngettext_lazy("%(number)s input was changed.", "%(number)s inputs were changed.", "count")


@admin.register(Voice)
class VoiceAdmin(ListAdmin):
    list_display = ["whole", "about_what", "stands", "likes", "same", "in_statements"]
    list_filter = [of_edition("floor__edition"), "state", "handled", "is_spoken", "floor"]
    search_fields = ["text", "code"]
    list_select_related = ["floor__session", "piece"]
    actions = ["show", "hide", "answered", "parked", "merge", "part", "gather", "take_out"]
    list_per_page = 100
    get_deleted_objects = deleted_objects
    has_delete_permission = never

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("statements", "merged")

    def get_fields(self, request, obj=None):
        return ["floor", "piece", "text", "state", "handled"] if obj else ["floor", "piece", "text"]

    def get_readonly_fields(self, request, obj=None):
        """The words of a writer are not changed: a statement says them anew."""
        if obj is None:
            return []
        return ["floor", "text", "state"] if obj.state == VoiceState.WITHDRAWN else ["floor", "text"]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """Only the writer takes it back."""
        if db_field.name == "state":
            kwargs["choices"] = [one for one in VoiceState.choices if one[0] != VoiceState.WITHDRAWN]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_form(self, request, obj=None, **kwargs):
        return with_own_piece(super().get_form(request, obj, **kwargs), obj)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_spoken, obj.state = True, VoiceState.SHOWN
        super().save_model(request, obj, form, change)
        taking.settle(obj)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With who wrote it, for those who may know; each look is logged."""
        sender, voice = None, self.get_object(request, object_id)
        if voice and self.has_view_permission(request, voice) and request.user.has_perm(SEES_WRITERS):
            sender = Sender.objects.filter(voice=voice).select_related("voice__floor").first()
        if sender:
            self.log_look(request, sender)
        return super().change_view(request, object_id, form_url, {"sender": sender} | (extra_context or {}))

    def log_look(self, request, sender):
        voice = sender.voice
        AccessLog.objects.create(
            user=request.user,
            look=Look.VIEW,
            subject=f"input {voice.code}",
            columns="name, contact",
            edition_id=voice.floor.edition_id,
        )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return with_pieces(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))

    @admin.display(description=_("text"))
    def whole(self, voice):
        """To be judged in the list, without opening each."""
        return format_html('<span lang="{}">{}</span>', voice.language, Truncator(voice.text).chars(400))

    @admin.display(description=_("about"))
    def about_what(self, voice):
        return Truncator(str(voice.piece or voice.floor)).chars(60)

    @admin.display(description=_("state"), ordering="state")
    def stands(self, voice):
        said = [voice.get_state_display(), voice.get_handled_display() if voice.handled else ""]
        return " · ".join(str(one) for one in said if one)

    @admin.display(description=_("say the same"))
    def same(self, voice):
        number = len(voice.merged.all())
        return digits(number) if number else "–"

    @admin.display(description=_("in statements"))
    def in_statements(self, voice):
        return ", ".join(digits(one.number) for one in voice.statements.all()) or "–"

    @admin.action(description=_("Show"), permissions=["change"])
    def show(self, request, rows):
        tell_number(request, DONE, taking.show(rows))

    @admin.action(description=_("Hide"), permissions=["change"])
    def hide(self, request, rows):
        tell_number(request, DONE, taking.hide(rows))

    @admin.action(description=_("Answered in the hall"), permissions=["change"])
    def answered(self, request, rows):
        tell_number(request, DONE, taking.handle(rows, Handled.ANSWERED))

    @admin.action(description=_("Parked for later"), permissions=["change"])
    def parked(self, request, rows):
        tell_number(request, DONE, taking.handle(rows, Handled.PARKED))

    @admin.action(description=_("They say the same: merge them"), permissions=["change"])
    def merge(self, request, rows):
        first = taking.merge(list(rows))
        if first:
            messages.success(request, _("They stand behind “%(text)s” now.") % {"text": first})
        else:
            messages.error(request, _("Tick at least two of the same session or draft text."))

    @admin.action(description=_("Part again what was merged"), permissions=["change"])
    def part(self, request, rows):
        tell_number(request, DONE, sum(taking.part_again(row) for row in rows))

    @admin.action(description=_("Gather into a statement"), permissions=["change"])
    def gather(self, request, rows):
        return ask_where(request, rows.select_related("floor__edition", "piece"), [], request.get_full_path())

    @admin.action(description=_("Take out of statements"), permissions=["change"])
    def take_out(self, request, rows):
        tell_number(request, DONE, gathering.take_out(list(rows)))


@admin.register(Note)
class NoteAdmin(ListAdmin):
    """What note-takers sent; to be read, and gathered."""

    list_display = ["__str__", "floor", "saved_at", "in_statements"]
    list_filter = [of_edition("link__floor__edition")]
    list_select_related = ["link__floor__session"]
    fields = ["floor", "said", "agreed", "differed", "proposals", "saved_at"]
    readonly_fields = fields
    actions = ["gather"]
    has_add_permission = has_change_permission = has_delete_permission = never

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("statements")

    @admin.display(description=_("open floor"))
    def floor(self, note):
        return note.link.floor

    @admin.display(description=_("in statements"))
    def in_statements(self, note):
        return ", ".join(digits(one.number) for one in note.statements.all()) or "–"

    @admin.action(description=_("Gather into a statement"), permissions=["view"])
    def gather(self, request, rows):
        return ask_where(request, [], rows.select_related("link__floor__edition"), request.get_full_path())
