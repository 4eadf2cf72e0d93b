"""Letters by date: written, looked at, switched on, called off; and the reminders that the site makes ready."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conference import clock
from conference.forms import MomentField
from conference.language.translated import columns
from conference.models import Edition
from conference.staff.edition_filter import of_edition, shown_edition
from conference.staff.list_admin import ListAdmin
from conference.staff.pages import admin_page
from conference.words import digits, shown
from registration.admin.common.display import displayed, in_words, unlinked
from registration.admin.common.locked import locked
from registration.admin.messages.letters import PAST, SET_UP_INTAKE, SWITCHED_ON
from registration.choices import LetterState, Readers
from registration.messages import letters, planned, reminders
from registration.messages.preview import previews
from registration.models import PlannedLetter
from registration.models.letters import TEXTS
from registration.placeholders import known_in
from registration.places.lock import Closed

WRITES = "registration.write_letter"
LIST = "admin:registration_plannedletter_changelist"
LOOK = "admin:registration_planned_look"
CHANGED_MEANWHILE = _("It was changed or sent meanwhile: look at it as it is now.")


class PlannedForm(forms.ModelForm):
    due_at = MomentField(
        label=_("Goes on"),
        widget=forms.TextInput(attrs={"size": 40}),
        help_text=_("Day and time in Phnom Penh, such as: 20 March, 8:00. A day without a year is the next one."),
    )

    class Meta:
        model = PlannedLetter
        fields = ["edition", "kind", "readers", "due_at", *TEXTS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "readers" in self.fields and self.instance.readers != Readers.CHOSEN:
            of_people = [choice for choice in Readers.choices if choice[0] != Readers.CHOSEN]
            self.fields["readers"].choices = of_people

    def clean_due_at(self):
        due_at = self.cleaned_data["due_at"]
        if due_at <= clock.now():
            raise forms.ValidationError(PAST)
        return due_at


@admin.register(PlannedLetter)
class PlannedLetterAdmin(ListAdmin):
    form = PlannedForm
    list_display = ["goes_on", "kind", "subject_shown", "readers", "state_shown"]
    list_filter = [of_edition(), "state"]
    list_select_related = ["edition"]
    actions = None
    goes_on = in_words(PlannedLetter, "due_at")
    edition_shown = unlinked(PlannedLetter, "edition")
    readers_shown = displayed(_("to whom"), lambda one: one.get_readers_display())
    subject_shown = displayed(
        _("subject"), lambda one: shown(one.subject) if one.subject else _("in the site’s own words")
    )

    @admin.display(description=_("state"), ordering="state")
    def state_shown(self, one):
        """Leads to the page on which it is looked at and switched on."""
        words = one.get_state_display()
        if one.state == LetterState.HELD:
            words = f"{words} ({one.get_problem_display()})"
        return format_html('<a href="{}">{}</a>', reverse(LOOK, args=[one.pk]), words)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(WRITES)

    has_module_permission = has_view_permission
    has_add_permission = has_view_permission

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(WRITES) and (obj is None or obj.state != LetterState.SENT)

    has_delete_permission = has_change_permission

    def get_changeform_initial_data(self, request):
        return {"edition": Edition.objects.at_work(clock.today())} | super().get_changeform_initial_data(request)

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        return ["edition_shown", *(["readers_shown"] if obj.readers == Readers.CHOSEN else [])]

    def get_fieldsets(self, request, obj=None):
        edition = "edition" if obj is None else "edition_shown"
        readers = "readers_shown" if obj and obj.readers == Readers.CHOSEN else "readers"
        known = " ".join(f"{{{name}}} ({words})" for name, words in known_in(None).items())
        said = _(
            "Nothing goes before you have seen it in both languages and switched it on. Its readers are found at that "
            "moment: also who has registered since, and no person who has cancelled. A reminder or thank-you without "
            "words of its own says what stands under “texts of messages”. You may write:"
        )
        fields = [edition, "kind", readers, "due_at", *columns("subject", "body")]
        return [(None, {"fields": fields, "description": f"{said} {known}"})]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with locked(self, request, object_id):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """What is changed must be seen once more."""
        if change and not form.has_changed():
            return
        obj.written_by = obj.written_by or request.user
        obj.version += change
        obj.state, obj.problem, obj.switched_on_by = LetterState.OFF, "", None
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return redirect(LOOK, obj.pk)

    def response_change(self, request, obj):
        return redirect(LOOK, obj.pk)

    def get_urls(self):
        return [
            path("reminders/", reminders_page, name="registration_planned_reminders"),
            path("<key:pk>/look/", look, name="registration_planned_look"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context:
            filtered = shown_edition(context["cl"])
            context["reminders_of"] = filtered.edition if filtered else None
        return response


def _may_write(request):
    if not request.user.has_perm(WRITES):
        raise PermissionDenied


@admin.site.admin_view
@require_POST
def reminders_page(request):
    """Makes the reminders of an edition ready: drafts, which staff read, change and switch on."""
    _may_write(request)
    year = request.POST.get("year", "")
    edition = get_object_or_404(Edition, year=int(year) if year.isdecimal() and len(year) == 4 else 0)
    try:
        made = reminders.make_ready(edition, by=request.user)
    except Closed:
        messages.error(request, SET_UP_INTAKE)
    else:
        if made:
            said = ngettext(
                "%(number)s reminder is ready. It is switched off: read it, change it, then switch it on.",
                "%(number)s reminders are ready. They are switched off: read each, change it, then switch it on.",
                len(made),
            )
            messages.success(request, said % {"number": digits(len(made))})
        else:
            messages.info(request, _("No reminder was made: all are there already, or their time is over."))
    return redirect(f"{reverse(LIST)}?edition={edition.year}")


@admin.site.admin_view
def look(request, pk):
    """As it would arrive, to how many people now; with the buttons that switch it on and off."""
    _may_write(request)
    one = get_object_or_404(PlannedLetter.objects.select_related("edition", "letter", "switched_on_by"), pk=pk)
    if request.method == "POST":
        _press(request, one)
        return redirect(LOOK, one.pk)
    is_sent = one.state == LetterState.SENT
    return admin_page(
        request,
        "admin/registration/plannedletter/look.html",
        _("Letter by date"),
        opts=PlannedLetter._meta,
        letter=one,
        to=None if is_sent else planned.addressees(one),
        is_over=one.is_late,
        previews=previews(one.edition, one.kind, letters.words_of(one)),
    )


def _press(request, one):
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 9 else -1
    if "off" in request.POST:
        done, said = planned.switch_off(one), _("It is called off: it does not go before it is switched on again.")
    elif "now" in request.POST:
        try:
            done, said = planned.send_now(one, version) is not None, _("It was sent.")
        except Closed:
            messages.error(request, SET_UP_INTAKE)
            return
    else:
        done, said = planned.switch_on(one, version, request.user), SWITCHED_ON
    if done:
        messages.success(request, said)
    else:
        messages.error(request, CHANGED_MEANWHILE)
