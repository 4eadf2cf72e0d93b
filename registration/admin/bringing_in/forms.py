"""Staff bring in a list: what they paste or send, and what they say once for all of whom the list does not say it."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import read_sources
from conference import clock
from conference.files import limits
from conference.forms import PlainForm, Section
from conference.models import Edition
from conference.serving import attempts
from conference.serving.attempts import Limit, TooOften
from conference.words import day as day_in_words
from registration.bringing_in.sheets import sheets_of
from registration.bringing_in.waiting import MOST_PEOPLE
from registration.choices import YesNo
from registration.forms.fields import OneLine, Phone, one_of
from registration.places.choosable import choosable

# A list of a thousand people takes seconds to read: no stolen account may keep the site busy with it.
READINGS = Limit("people_list", an_hour=60, a_minute=10)
ENDINGS = (".xlsx", ".csv", ".tsv", ".ods", ".docx", ".html", ".htm", ".txt")


class ListForm(PlainForm):
    """`reader` is who sends it."""

    edition = forms.ModelChoiceField(Edition.objects.latest_first(), label=_("Edition"), empty_label=None)
    text = forms.CharField(
        label=_("The list"),
        help_text=_("Copy it in Excel or Google Sheets with its headings, and paste it here"),
        widget=forms.Textarea(attrs={"rows": 10, "cols": 100}),
        required=False,
        strip=False,
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("Excel (.xlsx), .ods, .csv, Word (.docx) or .html, at most 2 MB"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        required=False,
    )

    def __init__(self, *args, reader="", **kwargs):
        self.reader, self.document = reader, None
        super().__init__(*args, **kwargs)
        for name in ("text", "file"):
            self.fields[name].depends_on_another = True  # one of the two: not simply optional

    def clean(self):
        cleaned = super().clean()
        text, file = cleaned.get("text") or "", cleaned.get("file")
        field = "file" if file else "text"
        try:
            if not self.errors:
                attempts.count(cleaned["edition"], (READINGS, self.reader))
                self.document = self._read(text, file)
        except Unreadable as error:
            self.add_error(field, str(error))
        except TooOften:
            self.add_error(None, _("Many tables were sent in the last minutes. Wait a little, then send it again."))
        return cleaned

    def _read(self, text, file):
        if not text.strip() and not file:
            raise Unreadable(_("Paste the list, or choose a file."))
        if len(text.encode()) > limits.TEXT:
            raise Unreadable(_("This is too long to be pasted. Send it as a file."))
        document = read_sources(text, [file] if file else [])
        sheets = sheets_of(document)
        if not any(len(sheet.columns) > 1 or sheet.has_names for sheet in sheets):
            raise Unreadable(_("No table was found. A list has a row for each person, and its columns have headings."))
        if sum(len(sheet.lines) for sheet in sheets) > MOST_PEOPLE:
            raise Unreadable(_("At most 2,000 people come in at once. Bring this list in in parts."))
        return document


class SaidForm(PlainForm):
    """What the list does not say. Of those of whom it does, the list counts."""

    days = forms.MultipleChoiceField(
        label=_("On which days do they come?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of those of whom the list does not say it"),
        error_messages={"required": _("Choose at least one day.")},
    )
    language = forms.ChoiceField(
        label=_("In which language do we write and speak to them?"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("Of those of whom the list does not say it"),
        error_messages={"required": _("Choose a language.")},
    )
    agreed = forms.BooleanField(
        label=_("These people agreed elsewhere that ODC uses their answers to organise the conference"),
        error_messages={"required": _("Without their agreement we may not keep these answers.")},
    )
    agreed_on = forms.DateField(
        label=_("When did they agree?"),
        help_text=_("For example 2031-03-26. Where the list has a day for each person, that day counts"),
        error_messages={
            "required": _("Write the day, for example 2031-03-26."),
            "invalid": _("Write the day, for example 2031-03-26."),
        },
    )
    agreed_how = OneLine(
        label=_("How did they agree?"),
        max_length=300,
        help_text=_("For example “in the Google Form of the invitation”. Write no names here"),
        error_messages={"required": _("Write how they agreed.")},
    )
    helper_name = OneLine(
        label=_("Through whom do we reach those without telephone, Telegram and e-mail?"),
        required=False,
        max_length=120,
        help_text=_("A name, for example of the colleague who invited them. Empty: these rows are left out"),
    )
    helper_phone = Phone(label=_("Their telephone"), required=False)
    is_told = one_of(
        YesNo,
        _("Does each of them get a message now?"),
        required=_("Say whether they get a message."),
        side_by_side=True,
        help_text=_(
            "Yes: as after signing up. No: you can write to them later from the list of registrations, and undo "
            "everything until then"
        ),
    )

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = choosable(edition).days
        self.fields["days"].choices = [(date.isoformat(), day_in_words(date)) for date in self.offered]
        for name in ("helper_name", "helper_phone"):
            self.fields[name].depends_on_another = True

    def sections(self):
        return [
            Section(_("What the list does not say"), "days", "language", "helper_name", "helper_phone"),
            Section(_("Their agreement"), "agreed", "agreed_on", "agreed_how"),
            Section(_("Messages"), "is_told"),
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("agreed_on") and cleaned["agreed_on"] > clock.today():
            self.add_error("agreed_on", _("This day has not come yet."))
        if bool(cleaned.get("helper_name")) != bool(cleaned.get("helper_phone")) and "helper_phone" not in self.errors:
            self.add_error("helper_phone", _("Write both the name and the telephone, or neither."))
        return cleaned
