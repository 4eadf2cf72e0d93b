"""What staff ticked in a list of inputs, or of notes, goes into a statement."""

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from conference.staff.pages import admin_page
from conference.words import digits
from contributions.models import Note, Statement, Voice
from contributions.outcomes import gathering

GATHERS = "contributions.change_statement"


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


def ask_where(request, voices, notes, back):
    """After an action of a list. `back`: the list."""
    if not request.user.has_perm(GATHERS):
        raise PermissionDenied
    try:
        return _page(request, list(voices), list(notes))
    except gathering.OfSeveralEditions:
        messages.error(request, _("Tick what belongs to one year."))
        return redirect(back)


def _page(request, voices, notes, form=None, *, status=200):
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


def gather(request):
    """The ticked ones go into a statement."""
    if not request.user.has_perm(GATHERS):
        raise PermissionDenied
    voices = _ticked(Voice.objects.select_related("floor__edition", "piece"), request, "voice")
    notes = _ticked(Note.objects.select_related("link__floor__edition"), request, "note")
    if not voices and not notes:
        return redirect("admin:contributions_voice_changelist")
    form = GatherForm(request.POST, edition=gathering.edition_of(voices, notes))
    if not form.is_valid():
        return _page(request, voices, notes, form, status=400)
    statement, told = form.cleaned_data["statement"], form.cleaned_data
    flag = CHANGE if statement else ADDITION
    if statement:
        gathering.add_to(statement, voices, notes)
    else:
        statement = gathering.new_statement(voices, notes, told["text_en"].strip(), told["text_km"].strip())
    LogEntry.objects.log_actions(request.user.pk, [statement], flag, _("Inputs gathered"), single_object=True)
    messages.success(request, _("They are gathered in statement %(number)s.") % {"number": digits(statement.number)})
    return redirect("admin:contributions_statement_change", statement.pk)


def _ticked(rows, request, name):
    """In one field or in many: of thousands each in a field of its own, Django refuses the form."""
    given = ",".join(request.POST.getlist(name)).split(",")
    keys = [key for key in given if key.isdecimal() and len(key) < 19]
    return list(rows.filter(pk__in=keys))
