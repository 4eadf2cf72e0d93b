"""Staff look at what was written, gather it into statements, publish the report, and tell the writers."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, override

from conference.language.translated import columns
from conference.models import Edition
from conference.staff.deleting import deleted_objects
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, never, without_buttons
from conference.staff.pages import admin_page, chosen_edition, tell_number
from conference.words import digits
from contributions.floor import taking
from contributions.models import Handled, Note, OutcomeVersion, Piece, Sender, Statement, Voice, VoiceState
from contributions.outcomes import gathering, publishing, telling
from contributions.outcomes.content import heard
from contributions.outcomes.files import FILES
from registration.admin.common.downloads import attachment
from registration.choices import Look
from registration.models import AccessLog

SEES_WRITERS, PUBLISHES, GATHERS = (
    "contributions.view_sender",
    "contributions.publish_outcomes",
    "contributions.change_statement",
)
AT_ONCE = 50  # people to be told on one page
TOLD = ngettext_lazy("%(number)s person was told.", "%(number)s people were told.", "count")
DONE = ngettext_lazy("%(number)s input was changed.", "%(number)s inputs were changed.", "count")


def with_pieces(db_field, field):
    """A piece is chosen with the name of its draft text beside it; the buttons that lead away are left out."""
    if db_field.name == "piece":
        field = without_buttons(field)
        field.queryset = field.queryset.filter(is_gone=False).select_related("floor__session")
        field.label_from_instance = lambda piece: f"{piece} – {piece.floor}"
    return without_buttons(field) if db_field.name == "floor" else field


def with_own_piece(form, row):
    """A piece that the draft text has no more stays with what stands on it: “Save” would take it off else."""
    if row and "piece" in form.base_fields:
        there = Piece.objects.filter(Q(is_gone=False) | Q(pk=row.piece_id))
        form.base_fields["piece"].queryset = there.select_related("floor__session")
    return form


class GatherForm(forms.Form):
    statement = forms.ModelChoiceField(
        Statement.objects.none(), label=_("statement"), required=False, empty_label=_("a new statement, written below")
    )
    text_km = forms.CharField(
        label=_("statement (in Khmer)"), required=False, widget=forms.Textarea(attrs={"rows": 4, "lang": "km"})
    )
    text_en = forms.CharField(
        label=_("statement (in English)"), required=False, widget=forms.Textarea(attrs={"rows": 4, "lang": "en"})
    )

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["statement"].queryset = Statement.objects.filter(edition=edition)

    def clean(self):
        cleaned = super().clean()
        written = cleaned.get("text_km", "").strip() or cleaned.get("text_en", "").strip()
        if not cleaned.get("statement") and not written and "statement" not in self.errors:
            raise forms.ValidationError(_("Choose a statement, or write a new one in at least one language."))
        return cleaned


def gather_page(request, voices, notes, form=None, *, status=200):
    """Asks into which statement what was ticked goes."""
    edition = gathering.edition_of(voices, notes)
    return admin_page(
        request,
        "admin/contributions/statement/gather.html",
        _("Gather into a statement"),
        status=status,
        chosen=edition,
        voices=voices,
        notes=notes,
        form=form or GatherForm(edition=edition),
    )


def _gather(request, voices, notes, back):
    if not request.user.has_perm(GATHERS):
        raise PermissionDenied
    try:
        return gather_page(request, list(voices), list(notes))
    except gathering.OfSeveralEditions:
        messages.error(request, _("Tick what belongs to one year."))
        return redirect(back)


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
        if obj.state == VoiceState.HIDDEN:
            taking.hide([obj])  # no statement stands on it any more

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
        return _gather(request, rows.select_related("floor__edition", "piece"), [], request.get_full_path())

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
        return _gather(request, [], rows.select_related("link__floor__edition"), request.get_full_path())


@admin.register(Statement)
class StatementAdmin(ListAdmin):
    list_display = ["__str__", "floor", "piece", "heard", "discussions", "became", "khmer_checked"]
    list_filter = [of_edition(), "became", "khmer_checked"]
    search_fields = ["text_en", "text_km"]
    list_select_related = ["floor__session", "piece"]
    fields = [
        ("edition", "number"),
        ("floor", "piece"),
        *columns("text"),
        "became",
        *columns("answer"),
        "khmer_checked",
    ]
    when_public = _("The public sees what you write here when the report is published.")

    def get_queryset(self, request):
        counted = ~Q(voices__state__in=[VoiceState.HIDDEN, VoiceState.WITHDRAWN])
        return (
            super()
            .get_queryset(request)
            .annotate(inputs=Count("voices", filter=counted, distinct=True), discussed=Count("notes", distinct=True))
        )

    def get_readonly_fields(self, request, obj=None):
        return ["edition"] if obj else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return with_pieces(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))

    @admin.display(description=_("inputs"), ordering="inputs")
    def heard(self, statement):
        return digits(statement.inputs)

    @admin.display(description=_("discussions"), ordering="discussed")
    def discussions(self, statement):
        return digits(statement.discussed)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With what it stands on: words, never writers."""
        more, statement = {}, self.get_object(request, object_id)
        if statement:
            more["stands_on"] = statement.voices.counting().select_related("floor", "piece")[:200]
            more["stands_on_notes"] = statement.notes.select_related("link")
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def get_form(self, request, obj=None, **kwargs):
        return with_own_piece(super().get_form(request, obj, **kwargs), obj)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("gather/", view(self.gather), name="contributions_gather"),
            path("outcomes/", view(self.outcomes), name="contributions_outcomes"),
            path("outcomes/draft-<str:language>.<str:ending>", view(self.draft_file), name="contributions_draft_file"),
            path("tell/", view(self.tell), name="contributions_tell"),
            *super().get_urls(),
        ]

    def gather(self, request):
        """The ticked ones go into a statement."""
        if not request.user.has_perm(GATHERS):
            raise PermissionDenied
        voices = _ticked(Voice.objects.select_related("floor__edition", "piece"), request, "voice")
        notes = _ticked(Note.objects.select_related("link__floor__edition"), request, "note")
        if not voices and not notes:
            return redirect("admin:contributions_voice_changelist")
        form = GatherForm(request.POST, edition=gathering.edition_of(voices, notes))
        if not form.is_valid():
            return gather_page(request, voices, notes, form, status=400)
        statement, told = form.cleaned_data["statement"], form.cleaned_data
        flag = CHANGE if statement else ADDITION
        if statement:
            gathering.add_to(statement, voices, notes)
        else:
            statement = gathering.new_statement(voices, notes, told["text_en"].strip(), told["text_km"].strip())
        LogEntry.objects.log_actions(request.user.pk, [statement], flag, _("Inputs gathered"), single_object=True)
        messages.success(
            request, _("They are gathered in statement %(number)s.") % {"number": digits(statement.number)}
        )
        return redirect("admin:contributions_statement_change", statement.pk)

    def outcomes(self, request):
        """What the report would say now, what has changed, and the press that publishes it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        edition = chosen_edition(request)
        if request.method == "POST":
            return self._publish(request, edition)
        found = publishing.waiting(edition)
        return admin_page(
            request,
            "admin/contributions/statement/outcomes.html",
            _("What came out"),
            chosen=edition,
            editions=Edition.objects.latest_first(),
            waiting=found,
            heard=heard(found.outcomes),
            versions=OutcomeVersion.objects.filter(edition=edition).defer("data").select_related("published_by"),
            drafts=[(reverse("admin:contributions_draft_file", args=which), words) for which, words in DRAFTS],
            may_publish=request.user.has_perm(PUBLISHES),
            may_tell=request.user.has_perm(SEES_WRITERS),
            to_tell=telling.still_to_tell(edition).count() if request.user.has_perm(SEES_WRITERS) else 0,
        )

    def _publish(self, request, edition):
        if not request.user.has_perm(PUBLISHES):
            raise PermissionDenied
        try:
            version = publishing.publish(edition, request.user, request.POST.get("publish", ""))
        except publishing.NotPublished:
            messages.error(
                request, _("Nothing was published: a colleague changed something since you looked. Look again.")
            )
        else:
            LogEntry.objects.log_actions(request.user.pk, [version], ADDITION, _("Published"), single_object=True)
            messages.success(request, _("Version %(number)s is public.") % {"number": digits(version.number)})
        return redirect(f"{reverse('admin:contributions_outcomes')}?edition={edition.year}")

    def draft_file(self, request, language, ending):
        """As it would be published now, to be read by the colleagues first."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        edition = chosen_edition(request)
        if language not in ("en", "km") or ending not in ("docx", "pdf"):
            raise Http404
        found = publishing.waiting(edition)
        number = found.latest.number + 1 if found.latest else 1
        draft = publishing.draft(edition, found, number)
        with override(language):
            made = FILES[ending].write(edition, draft, language)
        return attachment(f"outcomes-{edition.year}-draft-{language}.{ending}", made, FILES[ending].content_type)

    def tell(self, request):
        """Who is to be told, and a text to copy for each. Each look is logged."""
        if not request.user.has_perm(SEES_WRITERS):
            raise PermissionDenied
        edition = chosen_edition(request)
        if request.method == "POST":
            keys = [int(key) for key in request.POST.getlist("told") if key.isdecimal()][:AT_ONCE]
            number = telling.told(edition, keys)  # first: who is ticked as told gets no e-mail as well
            number += telling.send(edition) if "send" in request.POST else 0
            tell_number(request, TOLD, number)
            return redirect(f"{reverse('admin:contributions_tell')}?edition={edition.year}")
        rows = telling.still_to_tell(edition)
        here = telling.with_texts(edition, rows[:AT_ONCE])
        if here:
            AccessLog.objects.create(
                user=request.user,
                look=Look.VIEW,
                subject=f"inputs {edition.year}",
                columns="name, contact",
                count=len(here),
                edition=edition,
            )
        return admin_page(
            request,
            "admin/contributions/statement/tell.html",
            _("Tell the writers"),
            chosen=edition,
            editions=Edition.objects.latest_first(),
            here=here,
            number=rows.count(),
            sends_email=settings.SENDS_EMAIL,
        )


DRAFTS = [
    (("km", "docx"), _("Khmer, for Word (DOCX)")),
    (("km", "pdf"), _("Khmer, PDF")),
    (("en", "docx"), _("English, for Word (DOCX)")),
    (("en", "pdf"), _("English, PDF")),
]


def _ticked(rows, request, name):
    """In one field or in many: of thousands each in a field of its own, Django refuses the form."""
    given = ",".join(request.POST.getlist(name)).split(",")
    keys = [key for key in given if key.isdecimal() and len(key) < 19]
    return list(rows.filter(pk__in=keys))
