"""The box to paste into, and the files beside it. What was read of files comes back with the next press."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.importing.exchange.entry import PLAIN_ENDINGS, box_text, read
from agenda.importing.reading.carried import from_json, to_json
from agenda.importing.reading.document import Block, Document
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import ENDINGS, read_sources
from conference.files import limits
from conference.forms import PlainForm
from conference.models import Edition
from conference.serving import attempts
from conference.serving.attempts import Limit, TooOften
from conference.words import comma

# A long table takes a second to read. No colleague sends more often, file after file with two presses each, and no
# stolen account keeps the site busy.
READINGS = Limit("import", an_hour=600, a_minute=60)


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, as a list."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        return [file for file in (super(FilesField, self).clean(one, initial) for one in files) if file]


class ImportForm(PlainForm):
    """`reader` is who sends it. After cleaning, `document` is what was read of all sources; or `proposal`, of one
    that names its fields.
    """

    edition = forms.ModelChoiceField(Edition.objects.latest_first(), label=_("Edition"), empty_label=None)
    text = forms.CharField(
        label=_("The table"),
        help_text=_("Copy it in Word, Google Docs or Excel and paste it here."),
        widget=forms.Textarea(attrs={"rows": 14, "cols": 100}),
        required=False,
        strip=False,
    )
    file = FilesField(
        label=_("Or files"),
        help_text=_(
            "Word (.docx), Excel (.xlsx), .odt, .ods, .csv, .html, .md or .txt; schedule.json, .xml or .ics of "
            "another program. At most 2 MB each."
        ),
        widget=SeveralFiles(attrs={"accept": ",".join(dict.fromkeys(ENDINGS + PLAIN_ENDINGS)), "multiple": True}),
        required=False,
    )
    forget = forms.BooleanField(label=_("Leave out what was read of the files"), required=False)
    # What was read of files, and their names: a browser does not send a file a second time.
    read = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    names = forms.CharField(widget=forms.HiddenInput, required=False)
    # The same as `text` with its merged cells and emphasis, where a script could take it from the clipboard.
    rich = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args, reader="", **kwargs):
        self.reader, self.document, self.proposal = reader, Document(()), None
        super().__init__(*args, **kwargs)
        if not self["read"].value():
            del self.fields["forget"]
            self.helper.layout.fields.remove("forget")

    def clean(self):
        cleaned = super().clean()
        try:
            if not self.errors:
                attempts.count(cleaned["edition"], (READINGS, self.reader))
                self._read(cleaned)
        except TooOften:
            self.add_error(None, _("Many tables were sent in the last minutes. Wait a little, then send it again."))
        return cleaned

    def _read(self, cleaned):
        field = "file"
        try:
            self._take_named(cleaned)
            of_files = self._of_files(cleaned)
            field = "text"
            if self.proposal:
                return
            of_text = self._of_text(cleaned, of_files)
        except Unreadable as error:
            self.add_error(field, str(error))
            return
        if of_files.blocks and of_text.blocks:
            of_files = replace(of_files, blocks=_in_file(of_files.blocks, cleaned["names"]))
            of_text = replace(of_text, blocks=_in_file(of_text.blocks, str(_("the box"))))
        self.document = Document((*of_text.blocks, *of_files.blocks), (*of_text.left_out, *of_files.left_out))

    def _take_named(self, cleaned):
        """A file that names its fields stands in the box, where staff can correct it. It is read alone."""
        edition, in_box = cleaned["edition"], cleaned["text"]
        if len(in_box.encode()) > limits.TEXT:
            return
        named = read(in_box, edition) if in_box.strip() else None
        for file in cleaned["file"]:
            text = box_text(file.name, file.read())
            file.seek(0)
            if text is not None:
                if len(cleaned["file"]) > 1 or (in_box.strip() and not named):
                    raise Unreadable(_("Send “%(name)s” alone.") % {"name": file.name})
                named = read(text, edition)
                cleaned["text"], cleaned["file"], cleaned["read"], cleaned["rich"] = text, [], "", ""
        if named and (cleaned["file"] or cleaned["read"]):
            raise Unreadable(_("Send “%(name)s” alone.") % {"name": _("The table")})
        self.proposal = named

    def _of_files(self, cleaned):
        if cleaned["file"]:
            document = read_sources("", cleaned["file"])
            cleaned["read"] = to_json(document)
            cleaned["names"] = comma().join(file.name for file in cleaned["file"])
            return document
        if cleaned["read"] and not cleaned.get("forget"):
            return from_json(cleaned["read"])
        cleaned["read"] = cleaned["names"] = ""
        return Document(())

    def _of_text(self, cleaned, of_files):
        text = cleaned["text"]
        if not text.strip():
            if not cleaned["read"]:
                raise Unreadable(_("Paste the table, or choose a file."))
            return Document(())
        if sum(len(cleaned[name].encode()) for name in ("text", "read", "rich")) > limits.TEXT:
            raise Unreadable(_("This is too long to be read at once. Paste one day at a time."))
        if cleaned["rich"]:
            try:
                return read_sources(cleaned["rich"], [])
            except Unreadable:
                cleaned["rich"] = ""  # the plain text says the same
        return read_sources(text, [])

    def with_what_was_read(self):
        """The same form with the text in its box, ready for correcting it, and with what was read of files."""
        return ImportForm(
            initial={name: self.cleaned_data[name] for name in ("edition", "text", "read", "names", "rich")}
        )


def _in_file(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    return tuple(replace(block, file=block.file or name) for block in blocks)
