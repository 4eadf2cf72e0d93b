"""Staff invite guests: who, for which days, until when the place is kept."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from agenda.importing.reading.rows import Unreadable
from conference import clock
from conference.files import limits
from conference.forms import MomentField, PlainForm, Section
from conference.words import day as day_in_words
from conference.words import moment
from registration.bringing_in.guests import MOST_GUESTS, guest_rows
from registration.choices import BadgeRole, YesNo
from registration.forms.fields import one_of, one_of_many
from registration.places.choosable import choosable
from registration.places.days import Beginnings

NO_GUEST = _("Write at least one guest.")
TOO_MANY = _("At most 100 guests are invited at once. Invite them in parts.")
PAST = _("This moment is over: give one that is still to come.")


class UntilForm(forms.Form):
    """The place is kept for one guest for longer."""

    until = MomentField(label=_("The place is kept until"), widget=forms.TextInput(attrs={"size": 40}))

    def __init__(self, *args, begin, **kwargs):
        """`begin`: when the guest's days begin."""
        super().__init__(*args, **kwargs)
        self.begin = begin

    def clean_until(self):
        return kept_until(self.cleaned_data["until"], self.begin)


def kept_until(until, begin):
    if until <= clock.now():
        raise forms.ValidationError(PAST)
    if begin and until > min(begin):
        said = _("A place is kept at the longest until the first of these days begins: %(moment)s.")
        raise forms.ValidationError(said % {"moment": moment(min(begin))})
    return until


class GuestsForm(PlainForm):
    """`edition` is the one in the address: its days are offered."""

    text = forms.CharField(
        label=_("The guests"),
        help_text=_(
            "One line each: name; organisation; role; telephone or e-mail. The name may stand in both scripts, with a "
            "semicolon between. Or copy a table with its headings out of Excel"
        ),
        widget=forms.Textarea(attrs={"rows": 12, "cols": 100}),
        error_messages={"required": NO_GUEST},
        strip=False,
    )
    days = forms.MultipleChoiceField(
        label=_("For which days is a place kept?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
        help_text=_("The guest may leave days out when saying yes"),
    )
    until = MomentField(
        label=_("The place is kept until"),
        help_text=_("Day and time in Phnom Penh, such as: 20 March, 8:00. Then it goes to the next person"),
        error_messages={"required": _("Write until when the places are kept.")},
    )
    role = one_of_many(BadgeRole, _("Role on the badge"), _("As the programme says"))
    language = forms.ChoiceField(
        label=_("In which language do we write and speak to them?"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )
    is_told = one_of(
        YesNo,
        _("Does each of them get a message now?"),
        required=_("Say whether they get a message."),
        side_by_side=True,
        help_text=_("No: hand the links over yourself, by Telegram or as a printed letter"),
    )

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition, self.rows = edition, []
        self.offered = {str(day.pk): (date, day) for date, day in choosable(edition).days.items()}
        self.fields["days"].choices = [(key, day_in_words(date)) for key, (date, _day) in self.offered.items()]

    def sections(self):
        return [
            Section(_("Who is invited"), "text", "role", "language"),
            Section(_("The place"), "days", "until"),
            Section(_("Messages"), "is_told"),
        ]

    def clean(self):
        cleaned = super().clean()
        cleaned["days"] = [self.offered[key][1] for key in cleaned.get("days", [])]
        if cleaned.get("until"):
            try:
                kept_until(cleaned["until"], Beginnings(self.edition).of_places(cleaned["days"]))
            except forms.ValidationError as error:
                self.add_error("until", error)
        if cleaned.get("text"):
            self._read(cleaned)
            if not self.rows and "text" not in self.errors:
                self.add_error("text", NO_GUEST)
        return cleaned

    def _read(self, cleaned):
        text = cleaned["text"]
        if len(text.encode()) > limits.TEXT or len(text.splitlines()) > 4 * MOST_GUESTS:
            self.add_error("text", TOO_MANY)
            return
        try:
            self.rows = guest_rows(text, cleaned["days"], cleaned.get("language") or "km")
        except Unreadable as error:
            self.add_error("text", str(error))
        if len(self.rows) > MOST_GUESTS:
            self.add_error("text", TOO_MANY)
