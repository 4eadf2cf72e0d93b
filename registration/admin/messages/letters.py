"""Writing to many people: choose them in the list, write, look at it, send. And the letters that were sent."""

import re
import uuid

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from conference import clock
from conference.forms import MomentField
from conference.language.translated import columns
from conference.serving.converters import Key
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, never
from conference.staff.pages import admin_page
from conference.words import digits, shown
from registration.admin.common.display import displayed, in_words, unlinked
from registration.messages import letters, planned
from registration.messages.preview import previews
from registration.models import Letter, PlannedLetter
from registration.models.letters import TEXTS
from registration.placeholders import known_in
from registration.places.lock import Closed

CHOOSE = _("Choose what to send.")
KEY = re.compile(Key.regex)
PAST = _("This moment is over: give one that is still to come.")
SET_UP_INTAKE = _("This edition takes no registrations: set up its intake first.")
SWITCHED_ON = _("It is switched on and goes by itself.")


class LetterForm(forms.ModelForm):
    """The letter, and to whom: one field with all their keys, because a page may hold a thousand of them."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    due_at = MomentField(
        label=_("Send it later, on"),
        required=False,
        widget=forms.TextInput(attrs={"size": 40}),
        help_text=_("Day and time in Phnom Penh, such as: 20 March, 8:00. Empty: as soon as you press Send."),
    )
    keys = forms.RegexField(rf"^{KEY.pattern}(,{KEY.pattern})*$", widget=forms.HiddenInput)

    class Meta:
        model = Letter
        fields = ["kind", *TEXTS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        kind.choices = [("", CHOOSE), *(choice for choice in kind.choices if choice[0])]
        kind.error_messages["required"] = CHOOSE
        for name in ("body_en", "body_km"):
            self.fields[name].widget.attrs |= {"rows": 10, "class": "vLargeTextField"}
        for name in TEXTS:
            self.fields[name].widget.attrs["lang"] = name[-2:]

    def clean_due_at(self):
        due_at = self.cleaned_data["due_at"]
        if due_at and due_at <= clock.now():
            raise forms.ValidationError(PAST)
        return due_at

    def texts(self):
        return [self[name] for name in TEXTS]


@admin.action(description=_("Write to these people"), permissions=["write"])
def write(model_admin, request, registrations):
    """The first page: empty. The people are those that were chosen in the list."""
    people = letters.people_of(registrations.values("pk"))
    if len({person.edition for person in people}) != 1:
        model_admin.message_user(request, _("Choose people of one edition."), messages.ERROR)
        return None
    return begin(request, people)


def begin(request, people, *, kind=""):
    """An empty letter to these people."""
    keys = ",".join(str(person.pk) for person in people)
    return _page(request, LetterForm(initial={"keys": keys, "form_token": uuid.uuid4(), "kind": kind}), people)


@admin.site.admin_view
@require_POST
@permission_required("registration.write_letter", raise_exception=True)
def letter(request):
    """What was written comes back to be changed, is shown as it would arrive, or is sent."""
    people = letters.people_of(key for key in request.POST.get("keys", "").split(",") if KEY.fullmatch(key))
    edition = people[0].edition if people else None
    form = LetterForm(request.POST, instance=Letter(edition=edition, written_by=request.user))
    if not people:
        form.add_error(None, _("No people were chosen, or they are erased meanwhile."))
    if not form.is_valid() or "change" in request.POST:
        return _page(request, form, people)
    form.instance.form_token = form.cleaned_data["form_token"]
    if "send" not in request.POST:
        return _preview(request, form, people)
    keys = [person.pk for person in people]
    try:
        if form.cleaned_data["due_at"]:
            return _plan(request, form, keys)
        sent = letters.send(form.instance, keys)
    except Closed:
        form.add_error(None, SET_UP_INTAKE)
        return _page(request, form, people)
    said = ngettext("Written to %(number)s person.", "Written to %(number)s people.", sent.people)
    messages.success(request, said % {"number": digits(sent.people)})
    return redirect("admin:registration_registration_changelist")


def _plan(request, form, keys):
    """It goes by itself: the person who pressed has seen it in both languages."""
    by_date = PlannedLetter(edition=form.instance.edition)
    for name in ("form_token", "kind", *TEXTS):
        setattr(by_date, name, getattr(form.instance, name))
    by_date.due_at = form.cleaned_data["due_at"]
    kept = planned.plan(by_date, keys, by=request.user)
    messages.success(request, SWITCHED_ON)
    return redirect("admin:registration_planned_look", kept.pk)


def _page(request, form, people):
    return admin_page(
        request,
        "admin/registration/letter/write.html",
        _("Write to these people"),
        opts=Letter._meta,
        form=form,
        people=people,
        known=known_in(None).items(),
    )


def _preview(request, form, people):
    letter = form.instance
    return admin_page(
        request,
        "admin/registration/letter/preview.html",
        _("Look at it, then send it"),
        opts=Letter._meta,
        form=form,
        letter=letter,
        due_at=form.cleaned_data["due_at"],
        to=letters.addressees(letter.kind, people),
        previews=previews(letter.edition, letter.kind, letters.words_of(letter)),
    )


@admin.register(Letter)
class LetterAdmin(ListAdmin):
    has_add_permission = has_change_permission = has_delete_permission = never
    list_display = ["when_sent", "kind", "subject_shown", "people", "written_by"]
    list_filter = ["kind", of_edition()]
    list_select_related = ["edition", "written_by"]
    fields = [
        "edition_shown",
        "kind",
        *columns("subject", "body"),
        "written_by_shown",
        "when_sent",
        "people",
        "how_it_stands",
    ]
    readonly_fields = [*TEXTS, "edition_shown", "kind", "written_by_shown", "when_sent", "people", "how_it_stands"]
    edition_shown = unlinked(Letter, "edition")
    written_by_shown = unlinked(Letter, "written_by")
    when_sent = in_words(Letter, "sent_at")
    subject_shown = displayed(_("subject"), lambda letter: shown(letter.subject) if letter.subject else "")

    @admin.display(description=_("its messages"))
    def how_it_stands(self, letter):
        address = f"{reverse('admin:registration_message_changelist')}?edition=all&letter__id__exact={letter.pk}"
        return format_html('<a href="{}">{}</a>', address, _("who was told, and how"))
