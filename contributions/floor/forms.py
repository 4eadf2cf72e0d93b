"""What a visitor, a facilitator and a note-taker type."""

import uuid

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from conference.forms import Details, PlainForm
from contributions.models import LONGEST_NOTE, LONGEST_VOICE, Takes
from registration.forms.fields import OneLine, Prose


class SpokenForm(PlainForm):
    """What was said in the hall."""

    text = Prose(
        label=_("What was said"),
        max_length=LONGEST_VOICE,
        error_messages={"required": _("Write what was said.")},
    )
    about = forms.ChoiceField(label=_("About which part"), required=False)
    form_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, pieces=(), **kwargs):
        kwargs["initial"] = {"form_token": uuid.uuid4()} | (kwargs.get("initial") or {})
        self.pieces = {piece.number: piece for piece in pieces}
        super().__init__(*args, **kwargs)
        if self.pieces:
            whole = [("", _("the whole text"))]
            self.fields["about"].choices = whole + [(piece.number, str(piece)) for piece in pieces]
        else:
            del self.fields["about"]
            self.helper.layout = Layout(*self.sections())

    def clean_form_token(self):
        return self.cleaned_data["form_token"] or uuid.uuid4()

    @property
    def piece(self):
        return self.pieces.get(self.cleaned_data.get("about") or "")


class VoiceForm(SpokenForm):
    """What a visitor writes: without a name, unless they choose to give one."""

    name = OneLine(label=_("Your name"), max_length=100, required=False)
    contact = OneLine(
        label=_("E-mail, telephone or Telegram"),
        max_length=150,
        required=False,
        help_text=_("If you want to be told what came of it. Only the staff who tell you see it."),
    )

    def __init__(self, *args, takes=Takes.INPUTS, **kwargs):
        super().__init__(*args, **kwargs)
        is_question = takes == Takes.QUESTIONS
        text = self.fields["text"]
        text.label = _("Your question") if is_question else _("What you want to say")
        text.help_text = _("In Khmer or English. Name no other person.")
        text.error_messages["required"] = (
            _("Write your question.") if is_question else _("Write what you want to say.")
        )
        text.widget.attrs["rows"] = 5

    def sections(self):
        who = Details(_("Your name and how to reach you, if you like"), "name", "contact")
        return ["text", *(["about"] if "about" in self.fields else []), who, "form_token"]


class NoteForm(PlainForm):
    said = Prose(label=_("What was said"), max_length=LONGEST_NOTE, required=False)
    agreed = Prose(label=_("Points of agreement"), max_length=LONGEST_NOTE, required=False)
    differed = Prose(label=_("Points of difference"), max_length=LONGEST_NOTE, required=False)
    proposals = Prose(label=_("Proposals"), max_length=LONGEST_NOTE, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("said", "agreed", "differed", "proposals"):
            self.fields[name].widget.attrs["rows"] = 7
