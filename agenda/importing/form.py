"""The box to paste into, and the file beside it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.importing.reading.box import read_box
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.upload import ENDINGS, text_of_upload
from conference import attempts, limits
from conference.attempts import Limit, TooOften
from conference.forms import PlainForm
from conference.models import Edition

# A long table takes seconds to read. No colleague pastes more often, and no stolen account keeps the site busy.
READINGS = Limit("import", an_hour=300, a_minute=15)


class ImportForm(PlainForm):
    """`reader` is who sends it."""

    edition = forms.ModelChoiceField(Edition.objects.latest_first(), label=_("Edition"), empty_label=None)
    text = forms.CharField(
        label=_("The table"),
        help_text=_("Copy it in Word, Google Docs or Excel and paste it here. A file that was read stands here too."),
        widget=forms.Textarea(attrs={"rows": 14, "cols": 100}),
        required=False,
        strip=False,
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("Word (.docx), Excel (.xlsx), .csv, .html or schedule.json, at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        required=False,
    )

    def __init__(self, *args, reader="", **kwargs):
        self.reader = reader
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned, field = super().clean(), "text"
        try:
            if not self.errors:
                attempts.count(cleaned["edition"], (READINGS, self.reader))
            if cleaned.get("file"):
                field = "file"
                cleaned["text"] = text_of_upload(cleaned["file"])
            text = cleaned.get("text", "")
            if self.errors:
                return cleaned
            if not text.strip():
                raise Unreadable(_("Paste the table, or choose a file."))
            if len(text.encode()) > limits.TEXT:
                raise Unreadable(_("This is too long to be read at once. Paste one day at a time."))
            self.rows = read_box(text)
        except Unreadable as error:
            self.add_error(field, str(error))
        except TooOften:
            self.add_error(None, _("Many tables were sent in the last minutes. Wait a little, then send it again."))
        return cleaned

    def with_text(self):
        """The same form with the text that was read in its box, ready for correcting it."""
        return ImportForm(initial={name: self.cleaned_data[name] for name in ("edition", "text")})
