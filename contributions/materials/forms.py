from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.choices import Licence
from conference.files.documents import DocumentField
from conference.forms import PlainForm, Section
from conference.language.khmer import KHMER_LETTER
from conference.models import Language
from registration.forms.fields import OneLine, Prose, one_of, some_of

NOT_SAID = ("", _("I do not know yet: ask me"))


class MaterialForm(PlainForm):
    """A file, a link, or both. All else can stay empty: no missing answer must cost a file that has come."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    file = DocumentField(
        label=_("File"),
        required=False,
        help_text=_("PDF, PowerPoint, Word, Excel or OpenDocument, at most 5 MB."),
    )
    url = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("To a recording, a page, or a file that is larger."),
        error_messages={"invalid": _("Write the whole address, such as https://example.org/slides.")},
    )
    title = OneLine(label=_("Title"), required=False, help_text=_("Without one it is called as the session."))
    languages = some_of(Language, _("In which language is it?"), side_by_side=True)
    licence = one_of(Licence, _("What may readers do with it?"))
    note = Prose(label=_("Anything that the organisers should know?"), required=False, max_length=500)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["licence"].choices = [*Licence.choices, NOT_SAID]
        self.fields["licence"].help_text = _(
            "With CC BY, all may use and share it if they name you. With “all rights reserved” it can only be read."
        )

    def sections(self):
        return [
            "token",
            Section(_("What you send"), "file", "url"),
            Section(_("About it"), "title", "languages", "licence", "note"),
        ]

    def clean(self):
        if not self.errors and not self.cleaned_data.get("file") and not self.cleaned_data.get("url"):
            self.add_error("file", _("Choose a file, or write a link below."))
        return self.cleaned_data

    def said(self):
        """For the rule, with what is valid: the rest of a form in which one answer is wrong is as good as before."""
        title = self.cleaned_data.get("title", "")
        return {
            "form_token": self.cleaned_data["token"],
            "title_km" if KHMER_LETTER.search(title) else "title_en": title,
            "languages": self.cleaned_data.get("languages", []),
            "licence": self.cleaned_data.get("licence", ""),
            "note": self.cleaned_data.get("note", ""),
        }
